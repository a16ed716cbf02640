"""Catching up with a list: one job a version, in parts that workers take; a part continues where it was stopped."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import models, transaction
from django.db.models import F, Q, Sum

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from screening import actions
from screening.enums import JobKind, JobState
from screening.models import ListVersion, RescreenJob, RescreenPart
from screening.selectors import active_customers
from screening.services.rescreen_work import advance

_log = structlog.get_logger(__name__)
PART_SIZE = 5000
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 6
_MOST_CHANGED = 0.2  # of a list: beyond it every customer is screened instead


def plan_rescreen(*, version: ListVersion, base: ListVersion | None, by: Actor, full: bool = False) -> RescreenJob:
    """A job that brings all customers up to `version`: its changes where there is a base, else every customer.

    Inside the caller's transaction. Side effects: the job, an audit entry; jobs of earlier versions of the list that are
    not begun are dropped, for this one covers them.
    """
    changed = sum(part or 0 for part in (version.added, version.changed, version.removed))
    delta = base is not None and not full and changed <= max(500, _MOST_CHANGED * version.entry_count)
    job = RescreenJob.objects.create(
        version=version,
        base=base if delta else None,
        kind=JobKind.DELTA if delta else JobKind.FULL,
        requested_by=by.name,
    )
    after = {"list": version.watchlist.name, "number": version.number, "kind": job.kind}
    record(
        actions.RESCREEN_STARTED, by=by, object_type="rescreen_job", object_id=job.pk, stream="rescreening", after=after
    )
    return job


def due_jobs(limit: int) -> list[UUID]:
    """Jobs whose parts are not made yet, and parts that nobody works."""
    jobs = RescreenJob.objects.filter(state=JobState.PENDING).order_by("created_at")
    open_parts = _open_parts().order_by("created_at")
    return [*jobs.values_list("pk", flat=True)[:limit], *open_parts.values_list("pk", flat=True)[:limit]]


def _open_parts() -> models.QuerySet[RescreenPart]:
    idle = Q(state=JobState.PENDING) | Q(state=JobState.RUNNING, lease_until__lt=now())
    return RescreenPart.objects.filter(idle, job__state=JobState.RUNNING)


def work_due(pk: UUID) -> None:
    """Splits a job into parts, or works a part to its end. What another worker has is left to it."""
    if RescreenJob.objects.filter(pk=pk).exists():
        begin_job(pk)
    else:
        work_part(pk)


@transaction.atomic
def begin_job(job_id: UUID) -> None:
    """Splits a pending job into parts of 5,000 customers (changes of a list: one part). Side effects: the rows."""
    job = RescreenJob.objects.select_for_update(of=("self",)).filter(pk=job_id, state=JobState.PENDING).first()
    if job is None:
        return
    job.state, job.snapshot_at = JobState.RUNNING, now()
    if job.kind == JobKind.DELTA:
        parts = [RescreenPart(job=job)]
        job.total = job.version.changes.count()
    else:
        ids = list(active_customers().order_by("pk").values_list("pk", flat=True).iterator(20_000))
        job.total = len(ids)
        ranges = [ids[start : start + PART_SIZE] for start in range(0, len(ids), PART_SIZE)]
        parts = [RescreenPart(job=job, first_id=part[0], last_id=part[-1]) for part in ranges]
    job.save(update_fields=["state", "snapshot_at", "total"])
    RescreenPart.objects.bulk_create(parts)
    if not parts:
        _finish(job)


def work_part(part_id: UUID) -> None:
    """Claims a part and works it, some customers at a time, until it is done. Side effects: those of its screenings."""
    part = _claim(part_id)
    if part is None:
        return
    try:
        for _ in _steps(part):
            pass
    except Exception as error:  # the boundary: another attempt continues at the cursor, at most MOST_ATTEMPTS of them
        _log.exception("rescreen_part_failed", part=str(part_id))
        state = JobState.FAILED if part.attempt >= MOST_ATTEMPTS else JobState.PENDING
        RescreenPart.objects.filter(pk=part_id, attempt=part.attempt).update(
            state=state, error=type(error).__name__, lease_until=None
        )
        if state == JobState.FAILED:
            RescreenJob.objects.filter(pk=part.job_id).update(state=JobState.FAILED)


def _claim(part_id: UUID) -> RescreenPart | None:
    taken = (
        _open_parts()
        .filter(pk=part_id)
        .update(state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=now() + LEASE)
    )
    return (
        RescreenPart.objects.select_related("job__version__watchlist", "job__base").get(pk=part_id) if taken else None
    )


def _steps(part: RescreenPart) -> Iterator[None]:
    """Works the part chunk by chunk; ends early where another worker has taken it over."""
    while True:
        chunk = advance(part)
        with transaction.atomic():
            held = RescreenPart.objects.filter(pk=part.pk, attempt=part.attempt, state=JobState.RUNNING).update(
                cursor=chunk.cursor, lease_until=now() + LEASE, state=JobState.DONE if chunk.last else JobState.RUNNING
            )
            if not held:
                return
            screened, raised, failed = chunk.store()
            RescreenPart.objects.filter(pk=part.pk).update(
                screened=F("screened") + screened, raised=F("raised") + raised, failed=F("failed") + failed
            )
            part.cursor = chunk.cursor
            if chunk.last:
                _finish_if_last(part.job_id)
                return
        yield


def _finish_if_last(job_id: UUID) -> None:
    job = RescreenJob.objects.select_for_update(of=("self",)).select_related("version__watchlist").get(pk=job_id)
    if job.state == JobState.RUNNING and not job.parts.exclude(state=JobState.DONE).exists():
        _finish(job)


def _finish(job: RescreenJob) -> None:
    RescreenJob.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=now())
    told = job.parts.aggregate(screened=Sum("screened"), raised=Sum("raised"), failed=Sum("failed"))
    after = {"list": job.version.watchlist.name, "number": job.version.number}
    after |= {name: value or 0 for name, value in told.items()}
    record(actions.RESCREEN_DONE, by=system_actor("rescreening"), object_type="rescreen_job", object_id=job.pk,
           stream="rescreening", after=after)  # fmt: skip


@transaction.atomic
def retry_failed(*, job: RescreenJob, by: Actor) -> None:
    """Has the failed parts of a job worked again from where they stopped. Side effects: the rows, an audit entry."""
    parts = job.parts.filter(state=JobState.FAILED).update(state=JobState.PENDING, attempt=0)
    RescreenJob.objects.filter(pk=job.pk, state=JobState.FAILED).update(state=JobState.RUNNING)
    record(actions.RESCREEN_RETRIED, by=by, object_type="rescreen_job", object_id=job.pk, stream="rescreening",
           after={"parts": parts})  # fmt: skip
