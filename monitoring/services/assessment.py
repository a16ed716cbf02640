"""Assessing transactions by the live scenarios: in a worker, outside the request that delivered them.

Read and compute first, then one short transaction: a killed worker leaves the pending rows, which are due again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from core.actor import Actor, system_actor
from core.shared_clock import shared_now
from customers.models import Customer
from monitoring.counterparties import said_of
from monitoring.models import PendingAssessment, ScenarioVersion
from monitoring.rules.checker import Rule
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import definition_of, judging_versions, lists_state, own_rows, rows_beside
from monitoring.services.keeping import keep_firings
from monitoring.services.silence import keep_silent

if TYPE_CHECKING:
    from monitoring.evaluation import Assessed

_LEASE = timedelta(seconds=120)
_LONGEST_DOUBLED = 6  # failing work is tried again after 2, 4 … 128 minutes, then every 128
BY = system_actor("monitoring")
_MOST_KEPT = 500
TOGETHER = 50  # customers of one evaluation
_judges: dict[tuple[UUID, str], tuple[ScenarioDefinition, Rule]] = {}
_plans: dict[tuple[str, ...], Any] = {}


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
    due = PendingAssessment.objects.filter(run_at__lte=shared_now(), process_id="").order_by()
    waiting = due.values("customer_id").annotate(first=Min("run_at")).order_by("first")[:limit]
    return [row["customer_id"] for row in waiting]


def assess_pending(customer_id: UUID, together: int = TOGETHER) -> None:
    """Assesses a customer's new transactions, and with them those of others that wait for the first time, `together` at
    most: rules cost by the evaluation more than by the row. Nothing where another worker has them.

    Side effects: a lease on the pending rows, then those of `keep_assessment` for each customer. Work that fails or is
    killed is due again when the lease ends, later with each attempt, and then alone.
    """
    waiting = PendingAssessment.objects.filter(process_id="")
    tried = waiting.filter(customer=customer_id, attempts__gt=0).exists()
    due = [] if tried else pending_customers(together)
    others = [pk for pk in due if pk != customer_id][: together - 1]
    fresh = Q(customer__in=others, attempts=0)
    claimed: dict[UUID, list[PendingAssessment]] = {}
    for row in claim(waiting.filter(Q(customer=customer_id) | fresh if others else Q(customer=customer_id))):
        claimed.setdefault(row.customer_id, []).append(row)
    assessments = _assess_each(claimed)
    with transaction.atomic():
        for assessment in assessments:
            _keep(assessment, BY)
        _settled(assessments)


def claim(waiting: QuerySet[PendingAssessment]) -> list[PendingAssessment]:
    """Those of the rows that are due, leased: they are due again when the lease ends, later with each attempt."""
    moment = shared_now()
    due = waiting.filter(run_at__lte=moment)
    tried = due.order_by("-attempts").values_list("attempts", flat=True).first()
    if tried is None:
        return []
    lease = moment + _LEASE * 2 ** min(tried, _LONGEST_DOUBLED)
    mine = list(due.values_list("pk", flat=True))
    due.filter(pk__in=mine).update(run_at=lease, attempts=F("attempts") + 1)
    return list(PendingAssessment.objects.filter(pk__in=mine, run_at=lease))


def assess_customer(*, customer_id: UUID) -> Assessment:
    """Evaluates every live scenario on what is pending of the customer. Reads and computes; writes nothing."""
    rows = PendingAssessment.objects.filter(customer=customer_id, process_id="").values_list("pk", "since")
    return _assess(customer_id, list(rows))


@transaction.atomic
def keep_assessment(*, assessment: Assessment, by: Actor, stream: str = "") -> int:
    """Stores what was found; the number of new findings that people are told of. What is known is not stored again.

    Side effects: those of `keep_firings` for each version and of `keep_silent`; the pending rows removed.
    """
    kept = _keep(assessment, by, stream)
    _settled([assessment])
    return kept


def _keep(assessment: Assessment, by: Actor, stream: str = "") -> int:
    return sum(
        keep_firings(
            version=version, found=assessed.found, customer=assessment.customer, by=by, stream=stream,
            process_id=assessment.process_id,
        )
        for version, assessed in assessment.by_version
        if assessed.found
    )  # fmt: skip


def _settled(assessments: Sequence[Assessment]) -> None:
    """Nothing of the customers waits any more, and what was silent about them is kept."""
    keep_silent([told for assessment in assessments for told in assessment.by_version])
    PendingAssessment.objects.filter(pk__in=[pk for item in assessments for pk in item.pending]).delete()


def _assess(customer_id: UUID, pending: list[tuple[UUID, datetime]]) -> Assessment:
    if not pending:
        return Assessment(Customer.objects.get(pk=customer_id), (), ())
    waiting = [PendingAssessment(pk=pk, customer_id=customer_id, since=since) for pk, since in pending]
    return _assess_each({customer_id: waiting})[0]


def _judge(version: ScenarioVersion, lists: str) -> tuple[ScenarioDefinition, Rule]:
    """What a version says and its checked rule, kept: checking costs more than judging. A version never changes, the lists
    that it looks into do, and with them their state."""
    if (version.pk, lists) not in _judges:
        if len(_judges) > _MOST_KEPT:
            _judges.clear()
        definition = definition_of(version)
        _judges[version.pk, lists] = (definition, definition.checked())
    return _judges[version.pk, lists]


def _assess_each(claimed: dict[UUID, list[PendingAssessment]]) -> list[Assessment]:
    """What the scenarios say of each customer: one evaluation over the rows of all of them and of their neighbours."""
    if not claimed:
        return []
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    since = {pk: min(row.since for row in rows) for pk, rows in claimed.items()}
    versions = judging_versions("finance")
    lists = lists_state()
    judges = [_judge(version, lists) for version in versions]
    columns, plan = (
        evaluation.COLUMNS,
        _plan_of(evaluation, (lists, *(str(version.pk) for version in versions)), judges),
    )
    own = own_rows(since, columns)
    assessed = evaluation.assess_rows(
        [definition for definition, _ in judges], plan, own, since=since, base_currency=settings.BASE_CURRENCY,
        beside=lambda some, needs: rows_beside(some, needs, columns, own), screen=said_of,
    )  # fmt: skip
    customers = Customer.objects.in_bulk(list(claimed))
    return [
        Assessment(customers[pk], tuple(row.pk for row in waiting), tuple(zip(versions, assessed[pk], strict=True)))
        for pk, waiting in claimed.items()
    ]


def _plan_of(evaluation: Any, key: tuple[str, ...], judges: Sequence[tuple[ScenarioDefinition, Rule]]) -> Any:
    """The rules made ready, kept as long as the same versions judge and look into the same lists."""
    if key not in _plans:
        _plans.clear()
        _plans[key] = evaluation.Plan([rule for _, rule in judges])
    return _plans[key]
