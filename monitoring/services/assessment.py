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
from django.db.models import F, Min, QuerySet

from core.actor import Actor, system_actor
from core.clock import now
from customers.models import Customer
from monitoring.models import PendingAssessment, ScenarioVersion
from monitoring.rules.needs import needs_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import history_of, judging_versions, neighbourhood_of
from monitoring.services.keeping import keep_firings
from monitoring.services.silence import keep_silent

if TYPE_CHECKING:
    from monitoring.evaluation import Assessed

_LEASE = timedelta(seconds=120)
_LONGEST_DOUBLED = 6  # failing work is tried again after 2, 4 … 128 minutes, then every 128
BY = system_actor("monitoring")


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
    due = PendingAssessment.objects.filter(run_at__lte=now(), process_id="").order_by()
    waiting = due.values("customer_id").annotate(first=Min("run_at")).order_by("first")[:limit]
    return [row["customer_id"] for row in waiting]


def assess_pending(customer_id: UUID) -> None:
    """Assesses one customer's new transactions; nothing where another worker has them.

    Side effects: a lease on the pending rows, then those of `keep_assessment`. Work that fails or is killed is due
    again when the lease ends, later with each attempt.
    """
    rows = claim(PendingAssessment.objects.filter(customer=customer_id, process_id=""))
    if rows:
        keep_assessment(assessment=_assess(customer_id, [(row.pk, row.since) for row in rows]), by=BY)


def claim(waiting: QuerySet[PendingAssessment]) -> list[PendingAssessment]:
    """Those of the rows that are due, leased: they are due again when the lease ends, later with each attempt."""
    moment = now()
    due = waiting.filter(run_at__lte=moment)
    tried = due.order_by("-attempts").values_list("attempts", flat=True).first()
    if tried is None:
        return []
    lease = moment + _LEASE * 2 ** min(tried, _LONGEST_DOUBLED)
    due.update(run_at=lease, attempts=F("attempts") + 1)
    return list(waiting.filter(run_at=lease))


def assess_customer(*, customer_id: UUID) -> Assessment:
    """Evaluates every live scenario on what is pending of the customer. Reads and computes; writes nothing."""
    rows = PendingAssessment.objects.filter(customer=customer_id, process_id="").values_list("pk", "since")
    return _assess(customer_id, list(rows))


@transaction.atomic
def keep_assessment(*, assessment: Assessment, by: Actor, stream: str = "") -> int:
    """Stores what was found; the number of new findings that people are told of. What is known is not stored again.

    Side effects: those of `keep_firings` for each version and of `keep_silent`; the pending rows removed.
    """
    kept = 0
    for version, assessed in assessment.by_version:
        kept += keep_firings(
            version=version, found=assessed.found, customer=assessment.customer, by=by, stream=stream,
            process_id=assessment.process_id,
        )  # fmt: skip
    keep_silent(assessment.by_version)
    PendingAssessment.objects.filter(pk__in=assessment.pending).delete()
    return kept


def _assess(customer_id: UUID, pending: list[tuple[UUID, datetime]]) -> Assessment:
    customer = Customer.objects.get(pk=customer_id)
    if not pending:
        return Assessment(customer, (), ())
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    since = min(moment for _, moment in pending)
    versions = judging_versions("finance")
    definitions = [ScenarioDefinition(**version.definition) for version in versions]
    needs = needs_of(definition.checked() for definition in definitions)
    rows = history_of(customer, since, evaluation.COLUMNS)
    rows += neighbourhood_of(customer, since, needs, evaluation.COLUMNS)
    assessed = evaluation.assess_rows(
        definitions, rows, subject=str(customer_id), since=since, base_currency=settings.BASE_CURRENCY
    )
    return Assessment(customer, tuple(pk for pk, _ in pending), tuple(zip(versions, assessed, strict=True)))
