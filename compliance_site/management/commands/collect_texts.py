"""`manage.py collect_texts`: brings the catalogues of other languages up to date with the sources."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance_site.catalogue import languages, merged, po_file


class Command(BaseCommand):
    """New texts come in empty, for a person to translate; `--check` only says whether anything would change."""

    help = "Collects the texts of templates and code into locale/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in languages():
            path, text = po_file(language), merged(language)
            if options["check"]:
                if not path.exists() or path.read_text() != text:
                    raise CommandError(f"{path} is out of date: make texts")
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(str(path))
