"""Writes the evidence pack of a case: `manage.py export_evidence CASE-000001 --output evidence.zip`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.models import Case
from core.actor import system_actor
from core.exceptions import ProbityError
from reporting.services import export_case_evidence


class Command(BaseCommand):
    help = "The evidence of a case as a ZIP that proves itself (verify.py is inside)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the case's number")
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--originals", action="store_true", help="with the original documents")

    def handle(self, *args: Any, **options: Any) -> None:
        case = Case.objects.filter(number=options["number"]).select_related("customer__party", "queue").first()
        if case is None:
            raise CommandError(f"there is no case {options['number']}")
        try:
            pack = export_case_evidence(case=case, by=system_actor("console"), with_originals=options["originals"])
        except ProbityError as error:
            raise CommandError(str(error)) from error
        options["output"].write_bytes(pack.archive)
        self.stdout.write(f"{options['output']}: {len(pack.archive):,} bytes, manifest {pack.manifest_sha256}")
