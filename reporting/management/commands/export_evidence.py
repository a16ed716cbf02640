"""Writes an evidence pack: `manage.py export_evidence --case CASE-000001 --output evidence.zip`."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.models import Case
from cases.selectors import Uninformed
from core.actor import system_actor
from core.exceptions import ProbityError
from customers.models import Customer
from reporting.evidence.scope import Scope, scope_of_case, scope_of_customer, scope_of_period
from reporting.services import make_evidence


class _Console(Uninformed):
    """Whoever has the console may know everything."""

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Always."""
        return True


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day such as 2026-01-31") from error


class Command(BaseCommand):
    help = "The evidence of a case, a customer or a period as a ZIP that proves itself (verify.py is inside)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", help="the case's number, as --case")
        parser.add_argument("--case", help="the case's number")
        parser.add_argument("--customer", help="the customer's own number (external id)")
        parser.add_argument("--from", dest="first", type=_day, help="the first day of a period")
        parser.add_argument("--to", dest="last", type=_day, help="its last day")
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument("--originals", action="store_true", help="with the original documents")
        parser.add_argument("--reports", action="store_true", help="with reports of suspicion, for the authority alone")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = _Console() if options["reports"] else None
        scope = self._scope(options, viewer or Uninformed())
        try:
            pack = make_evidence(
                scope=scope, path=options["output"], by=system_actor("console"), viewer=viewer,
                with_originals=options["originals"],
            )  # fmt: skip
        except ProbityError as error:
            raise CommandError(str(error)) from error
        size = pack.path.stat().st_size
        self.stdout.write(f"{pack.path}: {size:,} bytes, {pack.entries:,} entries, manifest {pack.manifest_sha256}")

    def _scope(self, options: dict[str, Any], viewer: Any) -> Scope:
        number, first, last = options["case"] or options["number"], options["first"], options["last"]
        if sum(map(bool, (number, options["customer"], first or last))) != 1:
            raise CommandError("Say one of --case, --customer, or --from and --to.")
        if number:
            return scope_of_case(
                _only(Case.objects.filter(number=number).select_related("customer__party"), "case", number)
            )
        if named := options["customer"]:
            return scope_of_customer(
                _only(Customer.objects.filter(external_id=named).select_related("party"), "customer", named)
            )
        if first is None or last is None or first > last:
            raise CommandError("A period needs --from and, not before it, --to.")
        return scope_of_period(first, last, viewer)


def _only(rows: Any, what: str, named: str) -> Any:
    found = list(rows[:2])
    if len(found) != 1:
        raise CommandError(f"there is {'no' if not found else 'more than one'} {what} {named}")
    return found[0]
