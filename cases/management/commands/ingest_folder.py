"""`manage.py ingest_folder`: documents and submissions out of a folder, once or watched."""

import signal
import threading
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from accounts.models import ApiClient
from accounts.selectors import api_client_named
from cases.folder import ingest_folder
from core.exceptions import NotFound
from core.permissions import Permission


class Command(BaseCommand):
    help = (
        "Takes in the files of a folder as an API client: <external id>/submission.json with documents beside it opens a "
        "case, <external id>/<file> and <external id>__<file> are further documents. What was taken is known by its "
        "content and never taken twice; nothing is moved or deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--client", required=True, help="the name of the API client that the customers belong to")
        parser.add_argument("--watch", type=float, metavar="SECONDS", help="look again every so many seconds")
        parser.add_argument("--settle", type=float, default=2.0, help="seconds a file is left alone after a write (2)")
        parser.add_argument("--quiet", action="store_true", help="say nothing of files that are known already")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        client = _client(options["client"])
        if not options["watch"]:
            self._look(folder, client, options, quiet=options["quiet"])
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.wait(options["watch"]):
            close_old_connections()
            self._look(folder, client, options, quiet=True)

    def _look(self, folder: Path, client: ApiClient, options: dict[str, Any], *, quiet: bool) -> None:
        outcomes: Counter[str] = Counter()
        for report in ingest_folder(folder, client, settle=options["settle"]):
            outcomes[report.outcome] += 1
            if not (quiet and report.outcome == "known"):
                self.stdout.write(f"{report.outcome:8} {report.path!r}: {report.told}")
        if not quiet or outcomes["taken"]:
            self.stdout.write(
                ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "nothing"
            )


def _client(name: str) -> ApiClient:
    try:
        client = api_client_named(name)
    except NotFound as error:
        raise CommandError(error.message) from error
    needed = (Permission.SUBMISSION_CREATE, Permission.DOCUMENT_UPLOAD)
    if not all(client.has_perm(permission) for permission in needed):
        raise CommandError(f"{name} may not send submissions and documents")
    return client
