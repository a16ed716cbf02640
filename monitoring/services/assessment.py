"""Assessing transactions by the live scenarios: in a worker, outside the request that delivered them.

Read and compute first, then one short transaction: a killed worker leaves the pending rows, which are due again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Min, Q, QuerySet, When

from core.actor import Actor, system_actor
from core.durability import commit_without_waiting
from core.shared_clock import SharedNow, shared_now
from customers.models import Customer
from customers.selectors import customers_in_turn
from monitoring.counterparties import said_of
from monitoring.judges import Found, Judges, asked, judges
from monitoring.models import PendingAssessment, ScenarioVersion
from monitoring.selectors import own_rows, rows_beside
from monitoring.services.keeping import Kept, keep_firings, tell_of_alerts
from monitoring.services.keeping_many import kept_of_many
from monitoring.services.silence import keep_silent

if TYPE_CHECKING:
    from monitoring.evaluation import Assessed

_LEASE = timedelta(seconds=120)
_LONGEST_DOUBLED = 6  # failing work is tried again after 2, 4 … 128 minutes, then every 128
BY = system_actor("monitoring")
_MOST_CLAIMED = 500
TOGETHER = 50  # customers of one evaluation


@dataclass(frozen=True)
class Assessment:
    """What the live scenarios found about a customer, not yet stored. `pending` are the rows it settles."""

    customer: Customer
    pending: tuple[UUID, ...]
    by_version: tuple[tuple[ScenarioVersion, "Assessed"], ...]
    process_id: str = ""

    @property
    def insufficient_history(self) -> list[str]:
        """Codes of the scenarios that could not judge every transaction, because the customer is too new to them."""
        return [version.scenario.code for version, assessed in self.by_version if assessed.insufficient_history]


def pending_customers(limit: int) -> Sequence[UUID]:
    """Customers whose assessment is due, the longest waiting first."""
    due = PendingAssessment.objects.filter(run_at__lte=SharedNow(), process_id="").order_by()
    waiting = due.values("customer_id").annotate(first=Min("run_at")).order_by("first")[:limit]
    return [row["customer_id"] for row in waiting]


def assess_pending(customer_id: UUID, together: int = TOGETHER) -> None:
    """Assesses a customer's new transactions, and with them those of others that wait for the first time, `together` at
    most: rules cost by the evaluation more than by the row. Nothing where another worker has them.

    Side effects: a lease on the pending rows, then those of `keep_assessment` for each customer. Work that fails or is
    killed is due again when the lease ends, later with each attempt, and then alone.
    """
    assessments = _assess_each(_claimed(customer_id, together))
    with transaction.atomic():
        _settled(assessments)
        if not _keep(assessments, BY):
            commit_without_waiting()  # lost, the rows wait again and are silent again


def _claimed(customer_id: UUID, together: int) -> dict[UUID, list[PendingAssessment]]:
    """The customer's waiting rows and, unless they were tried before, those of others that never were, by customer."""
    waiting = PendingAssessment.objects.filter(process_id="").filter(Q(customer=customer_id) | Q(attempts=0))
    mine_first = Case(When(customer=customer_id, then=0), default=1)

    def some(due: list[PendingAssessment]) -> list[PendingAssessment]:
        if not due or due[0].customer_id != customer_id:
            return []
        is_alone = any(row.attempts for row in due)
        chosen = list(dict.fromkeys(row.customer_id for row in due))[: 1 if is_alone else together]
        return [row for row in due if row.customer_id in chosen]

    claimed: dict[UUID, list[PendingAssessment]] = {}
    for row in claim(waiting.order_by(mine_first, "run_at", "pk"), some):
        claimed.setdefault(row.customer_id, []).append(row)
    return claimed


def claim(
    waiting: QuerySet[PendingAssessment], some: Callable[[list[PendingAssessment]], list[PendingAssessment]] = list
) -> list[PendingAssessment]:
    """`some` of the rows that are due and that no other worker is claiming, leased: they are due again when the lease ends,
    later with each attempt."""
    moment = shared_now()
    with transaction.atomic():
        due = (
            waiting.filter(run_at__lte=moment)
            .select_related("customer")
            .select_for_update(skip_locked=True, of=("self",))
        )
        mine = some(list(due[:_MOST_CLAIMED]))
        if mine:
            commit_without_waiting()  # a lost lease is a row that is due
            lease = moment + _LEASE * 2 ** min(max(row.attempts for row in mine), _LONGEST_DOUBLED)
            rows = PendingAssessment.objects.filter(pk__in=[row.pk for row in mine])
            rows.update(run_at=lease, attempts=F("attempts") + 1)
    return mine


def assess_customer(*, customer_id: UUID) -> Assessment:
    """Evaluates every live scenario on what is pending of the customer. Reads and computes; writes nothing."""
    rows = list(PendingAssessment.objects.filter(customer=customer_id, process_id="").select_related("customer"))
    return _assess_each({customer_id: rows})[0] if rows else Assessment(Customer.objects.get(pk=customer_id), (), ())


@transaction.atomic
def keep_assessment(*, assessment: Assessment, by: Actor, stream: str = "") -> int:
    """Stores what was found; the number of new findings that people are told of. What is known is not stored again.

    Side effects: the pending rows removed; those of `keep_silent`, of `keep_firings` for each version and of `tell_of_alerts`.
    """
    _settled([assessment])
    return _keep([assessment], by, stream)


def _keep(assessments: Sequence[Assessment], by: Actor, stream: str = "") -> int:
    """Version by version; one worker after the other for each customer, so that none waits for another in a ring."""
    fired = [(version, whose, told.found) for whose in assessments for version, told in whose.by_version if told.found]
    if not fired:
        return 0
    customers = {customer.pk: customer for customer in customers_in_turn({whose.customer.pk for _, whose, _ in fired})}
    kept = Kept()
    for version in dict.fromkeys(version for version, _, _ in fired):
        mine = [(whose, found) for said, whose, found in fired if said == version]
        for whose, found in mine:
            if whose.process_id:
                told = keep_firings(version=version, found=found, customer=whose.customer, process_id=whose.process_id)
                kept.add(told)
        of_customers = {whose.customer.pk: found for whose, found in mine if not whose.process_id}
        if of_customers:
            kept.add(kept_of_many(version, of_customers, customers))
    tell_of_alerts(kept.tellings, by=by, stream=stream)
    return kept.findings


def _settled(assessments: Sequence[Assessment]) -> None:
    """Nothing of the customers waits any more, and what was silent about them is kept."""
    keep_silent([told for assessment in assessments for told in assessment.by_version])
    PendingAssessment.objects.filter(pk__in=[pk for item in assessments for pk in item.pending]).delete()


def _assess_each(claimed: Mapping[UUID, list[PendingAssessment]]) -> list[Assessment]:
    """What the scenarios say of each customer: one evaluation over the rows of all of them and of their neighbours."""
    if not claimed:
        return []
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    since = {pk: min(row.since for row in rows) for pk, rows in claimed.items()}
    own = own_rows(since, evaluation.COLUMNS)

    def ask(some: Judges) -> Found:
        found: Found = evaluation.assess_rows(
            some.definitions, some.plan, own, since=since, base_currency=settings.BASE_CURRENCY,
            beside=lambda concerned, needs: rows_beside(concerned, needs, evaluation.COLUMNS, own), screen=said_of,
        )  # fmt: skip
        return found

    those, found = asked(judges(), ask)
    return [
        Assessment(rows[0].customer, tuple(row.pk for row in rows), tuple(zip(those.versions, found[pk], strict=True)))
        for pk, rows in claimed.items()
    ]
