"""One chunk of a re-screening: what is found outside any transaction, and how it is stored inside one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import transaction

from audit.services import record
from core.actor import system_actor
from core.clock import now
from customers.models import Customer
from customers.selectors import with_facts
from screening import actions
from screening.customers_index import candidates
from screening.differences import party_of
from screening.enums import ChangeKind, HitDisposition, HitState, JobKind, ScreeningTrigger
from screening.models import Hit, ListVersion, RescreenPart, Screening
from screening.selectors import active_customers, parties_of
from screening.services.coverage import cover, say_failed
from screening.services.screen import Found, matches_of, screening_row, store_screening
from screening.signals import hit_delisted

_log = structlog.get_logger(__name__)
CHUNK = 200
_BY = system_actor("rescreening")
Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Chunk:
    """Where the part stands after it, whether it is the last, and how it is stored: screened, raised, failed."""

    cursor: str
    last: bool
    store: Callable[[], Counts]


def advance(part: RescreenPart) -> Chunk:
    """The next customers, or the next changes, of a part."""
    return _changes(part) if part.job.kind == JobKind.DELTA else _customers(part)


def _customers(part: RescreenPart) -> Chunk:
    rows = active_customers().filter(pk__gte=part.first_id, pk__lte=part.last_id).order_by("pk")
    rows = rows.filter(pk__gt=part.cursor) if part.cursor else rows
    customers = list(with_facts(rows.select_related("party"))[:CHUNK])
    results = screen_all(customers, part.job.version)
    last = len(customers) < CHUNK
    return Chunk(
        str(customers[-1].pk) if customers else part.cursor, last, lambda: store_all(results, part.job.version)
    )


def _changes(part: RescreenPart) -> Chunk:
    """Customers that the changed entries may match, or have matched; and hits whose entry has left the list."""
    version = part.job.version
    changes = version.changes.select_related("entry").order_by("source_id").filter(source_id__gt=part.cursor)[:CHUNK]
    told = list(changes)
    fresh = [change for change in told if change.material and change.kind != ChangeKind.REMOVED and change.entry]
    wanted = candidates([party_of(change.entry) for change in fresh if change.entry]) if fresh else set()
    pairs = Hit.objects.filter(watchlist=version.watchlist_id, source_id__in=[change.source_id for change in fresh])
    wanted |= set(pairs.values_list("customer_id", flat=True))
    customers = list(with_facts(active_customers().filter(pk__in=wanted).select_related("party")))
    results = screen_all(customers, version)
    gone = [change.source_id for change in told if change.kind == ChangeKind.REMOVED]

    def store() -> Counts:
        say_delisted(version, gone)
        return store_all(results, version)

    return Chunk(told[-1].source_id if told else part.cursor, len(told) < CHUNK, store)


Result = tuple[Customer, Found | None, str]


def screen_all(customers: Sequence[Customer], version: ListVersion) -> list[Result]:
    """Each customer (with its facts) with what was found; None and the error's name where it could not be screened."""
    return [_screened(customer, version) for customer in customers]


def _screened(customer: Customer, version: ListVersion) -> Result:
    try:
        return customer, matches_of(parties_of(customer), [version]), ""
    except Exception as error:  # the boundary: one customer's facts must not stop the others; the ledger says it failed
        _log.exception("customer_not_screened", customer=str(customer.pk))
        return customer, None, type(error).__name__


def store_all(results: Sequence[Result], version: ListVersion) -> Counts:
    """Stores screenings and coverage, those without a match many at a time. Inside the caller's transaction."""
    plain: list[tuple[UUID, Found]] = []
    raised = failed = 0
    for customer, found, error in results:
        if found is None:
            failed += 1
            say_failed(customer.pk, [version], error)
        elif found.matches:
            screening = store_screening(customer=customer, found=found, by=_BY, trigger=ScreeningTrigger.LIST)
            raised += screening.raised - screening.suppressed
        else:
            plain.append((customer.pk, found))
    _store_plain(plain, version)
    return len(results) - failed, raised, failed


def _store_plain(plain: Sequence[tuple[UUID, Found]], version: ListVersion) -> None:
    rows = [screening_row(customer_id, found, ScreeningTrigger.LIST) for customer_id, found in plain]
    Screening.objects.bulk_create(rows)
    through = Screening.list_versions.through
    through.objects.bulk_create([through(screening_id=row.pk, listversion_id=version.pk) for row in rows])
    cover([customer_id for customer_id, _ in plain], [version])


@transaction.atomic
def say_delisted(version: ListVersion, source_ids: Sequence[str]) -> int:
    """Says on open and confirmed hits that their entry has left the list: restrictions may have to be lifted.

    Side effects: the hits, an audit entry and `hit_delisted` for each; how many there were.
    """
    hits = Hit.objects.filter(watchlist=version.watchlist_id, source_id__in=source_ids, delisted_at=None)
    count = 0
    for hit in hits:
        if hit.state == HitState.OPEN or hit.disposition == HitDisposition.TRUE_MATCH:
            hit.delisted_at = now()
            hit.save(update_fields=["delisted_at", "updated_at"])
            record(actions.HIT_DELISTED, by=_BY, object_type="hit", object_id=hit.pk, subject_id=hit.customer_id,
                   after={"list": version.watchlist.name})  # fmt: skip
            hit_delisted.send(Hit, hit_id=hit.pk, customer_id=hit.customer_id)
            count += 1
    return count
