"""Changes the installation's keys: says how they stand, makes a new one, moves what is sealed, names what can go."""

import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from compliance_site import env
from compliance_site.rotation import ROTATION, keys_not_needed, rotate
from core.actor import system_actor
from core.clock import today
from core.envelope import CannotOpen
from core.exceptions import Conflict
from core.sealed import things_by_key
from workflows.services import start_work

_NAME = "PROBITY_DOCUMENT_KEYS"
_ACTOR = system_actor("rotate_keys")


class Command(BaseCommand):
    help = "Moves everything that is sealed to the first key of PROBITY_DOCUMENT_KEYS. Can be killed and repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--status", action="store_true", help="only tell how much each key seals")
        ways.add_argument("--new", action="store_true", help="only make a new key beside those in the data folder")
        ways.add_argument("--by-worker", action="store_true", help="let a worker do it; watch it under Work")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new"]:
            self._make()
        elif options["by_worker"]:
            work = start_work(kind=ROTATION, title="Move everything sealed to the current key", by=_ACTOR)
            self.stdout.write(f"Waits for a worker: {reverse('workflows:work_detail', args=[work.pk])}")
        elif options["status"]:
            self._tell()
        else:
            self._move()

    def _make(self) -> None:
        """A key made here would not be used where the environment names the keys; other processes know it once restarted."""
        if env.text(_NAME) or env.text(env.KEY_SOURCE):
            raise CommandError(f"The keys are configured: put a new one, id:secret, first in {_NAME}.")
        name = f"{today():%Y%m%d}-{secrets.token_hex(2)}"
        env.secret(f"{_NAME}.{name}", settings.KEYS_DIR)
        self.stdout.write(f"Made the key {name}. Restart every process, then run rotate_keys.")

    def _tell(self) -> None:
        by_key = things_by_key()
        for key in dict.fromkeys((*settings.DOCUMENT_KEYS, *by_key)):
            things = ", ".join(f"{count} {name}" for name, count in sorted(by_key.get(key, {}).items()))
            state = "" if key in settings.DOCUMENT_KEYS else " (not configured)" if key else "in clear"
            self.stdout.write(f"{key}{state}: {things or 'nothing'}")

    def _move(self) -> None:
        try:
            moved = rotate(by=_ACTOR, report=self._report)
        except (Conflict, CannotOpen) as error:
            raise CommandError(str(error)) from error
        told = ", ".join(f"{count} {name}" for name, count in sorted(moved.items()))
        self.stdout.write(f"Moved: {told or 'nothing'}")
        for key in keys_not_needed():
            self.stdout.write(f"Nothing needs the key {key} any more: take it out of the configuration.")

    def _report(self, done: int, total: int, what: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} ({what})\033[K", ending="")
