"""`manage.py rescreen --list-version LIST[:NUMBER] [--full] [--workers N]`."""

import multiprocessing
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.db.models import Sum

from core.actor import system_actor
from screening.enums import JobState, ListState
from screening.models import ListVersion, RescreenJob, RescreenPart
from screening.selectors import pending_customers
from screening.services import begin_job, plan_rescreen, retry_failed, work_part


def _work(part_id: UUID) -> UUID:
    work_part(part_id)
    return part_id


class Command(BaseCommand):
    help = "Screens every customer against a list's version; what was begun and stopped is continued."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list-version", required=True, help="the list's name; its active version, or NAME:NUMBER")
        parser.add_argument("--full", action="store_true", help="every customer, though only changes would be due")
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        version = _version(options["list_version"])
        job = _open_job(version) or _planned(version, full=options["full"])
        begin_job(job.pk)
        retry_failed(job=job, by=system_actor("command line"))
        RescreenPart.objects.filter(job=job, state=JobState.RUNNING, lease_until=None).update(state=JobState.PENDING)
        self._work(job, options["workers"])
        job.refresh_from_db()
        told = job.parts.aggregate(screened=Sum("screened"), raised=Sum("raised"), failed=Sum("failed"))
        counts = ", ".join(f"{number or 0} {name}" for name, number in told.items())
        left = pending_customers(version).count()
        print(f"{version.watchlist.name} v{version.number}: {counts}; {left} customers without a current screening")
        if job.state != JobState.DONE:
            raise CommandError(f"the job is {job.state}; run this again to continue it")

    def _work(self, job: RescreenJob, workers: int) -> None:
        parts = list(job.parts.exclude(state=JobState.DONE).values_list("pk", flat=True))
        done = job.parts.count() - len(parts)
        if workers <= 1:
            finished: Iterable[UUID] = map(_work, parts)
        else:
            connections.close_all()
            pool = multiprocessing.get_context("spawn").Pool(min(workers, len(parts) or 1), initializer=django.setup)
            finished = pool.imap_unordered(_work, parts)
        for number, _ in enumerate(finished, start=done + 1):
            self.stderr.write(f"\r{number} of {done + len(parts)} parts", ending="")
        self.stderr.write("")


def _version(told: str) -> ListVersion:
    name, _, number = told.rpartition(":") if told.rpartition(":")[2].isdigit() else (told, "", "")
    rows = ListVersion.objects.select_related("watchlist").filter(watchlist__name=name)
    found = rows.filter(number=number).first() if number else rows.filter(state=ListState.ACTIVE).first()
    if found is None:
        raise CommandError(f"there is no such version: {told}")
    return found


def _open_job(version: ListVersion) -> RescreenJob | None:
    return version.jobs.exclude(state=JobState.DONE).first()


@transaction.atomic
def _planned(version: ListVersion, *, full: bool) -> RescreenJob:
    by = system_actor("command line")
    return plan_rescreen(version=version, base=None if full else version.base, by=by, full=full)
