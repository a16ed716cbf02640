"""`manage.py compile_texts`: makes of every catalogue the file that Django reads."""

from typing import Any

from django.core.management.base import BaseCommand

from compliance_site.catalogue import compile_language, languages


class Command(BaseCommand):
    """Part of `make setup` and of the image; needs no GNU gettext."""

    help = "Compiles the texts in locale/."

    def handle(self, *args: Any, **options: Any) -> None:
        for language in languages():
            self.stdout.write(str(compile_language(language)))
