"""Says that the database was restored from a backup, so that the record goes on in a new epoch."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.services import declare_restore
from core.actor import Actor, ActorKind
from core.exceptions import InvalidInput


class Command(BaseCommand):
    help = "Declares a restore: names the lost range in the record and begins a new epoch of its tree."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="who declares it")
        parser.add_argument("--reason", required=True, help="why the restore was needed")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor(ActorKind.SYSTEM, "console", options["by"][:150])
        try:
            entry = declare_restore(reason=options["reason"], by=by)
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"declared as entry {entry.pk}; verify with `manage.py verify_audit_log`")
