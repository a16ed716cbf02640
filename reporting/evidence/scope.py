"""What a pack is about: a case, a customer, or everything in a period, as somebody may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import make_aware

from cases.enums import DecisionKind
from cases.models import Case, Decision
from cases.selectors import as_shown, may_know_filings, with_row
from cases.services.opening import stream_of
from customers.models import Customer

CASE, CUSTOMER, PERIOD = "case", "customer", "period"


@dataclass(frozen=True)
class Scope:
    """`title` is for people, `name` for files and free of personal data; `object_id` is what the record calls it.

    `entries` are the record's entries about it, of which the streams in `whole` are here from their first entry on;
    `stream` is where the making is recorded. `cases` are those that it tells of, `first` and `last` days of a period.
    """

    kind: str
    title: str
    name: str
    object_id: str
    stream: str
    entries: Q
    cases: Q
    whole: frozenset[str] = frozenset()
    customer: Customer | None = None
    subject_id: UUID | None = None
    first: date | None = None
    last: date | None = None

    @property
    def about(self) -> str:
        """What the manifest says."""
        return f"{self.kind} {self.name}"


def scope_of_case(case: Case) -> Scope:
    """A case, its customer, and everything recorded about either."""
    stream, customer = stream_of(case), case.customer
    return Scope(
        CASE, f"Evidence of {case.number}", case.number, str(case.pk), stream,
        Q(stream=stream) | Q(subject_id=customer.pk), Q(pk=case.pk), frozenset({stream}), customer, customer.pk,
    )  # fmt: skip


def scope_of_customer(customer: Customer) -> Scope:
    """A customer with every case, and everything recorded about them."""
    streams = frozenset({stream_of(case) for case in customer.cases.all()} | {f"customer:{customer.pk}"})
    return Scope(
        CUSTOMER, "Evidence of a customer", str(customer.pk), str(customer.pk), f"customer:{customer.pk}",
        Q(stream__in=streams) | Q(subject_id=customer.pk), Q(customer=customer), streams, customer, customer.pk,
    )  # fmt: skip


def scope_of_period(first: date, last: date, viewer: Any) -> Scope:
    """Everything recorded from the first day to the last, both within, and the cases opened or decided then.

    A report of suspicion is no decision for a viewer who may not know of it.
    """
    begins, ends = _start(first), _start(last + timedelta(1))
    settled = Decision.objects.filter(
        Q(created_at__gte=begins, created_at__lt=ends) | Q(settled_at__gte=begins, settled_at__lt=ends)
    )
    if not may_know_filings(viewer):
        settled = settled.exclude(kind=DecisionKind.FILE_SAR)
    cases = Q(created_at__gte=begins, created_at__lt=ends) | Q(pk__in=settled.values("case"))
    name = f"{first:%Y-%m-%d}-to-{last:%Y-%m-%d}"
    return Scope(
        PERIOD, f"Evidence from {first:%Y-%m-%d} to {last:%Y-%m-%d}", name, name, "exports",
        Q(at__gte=begins, at__lt=ends), cases, first=first, last=last,
    )  # fmt: skip


def cases_of(scope: Scope, viewer: Any) -> Iterator[Case]:
    """The scope's cases as the viewer may see them, a customer's together."""
    rows = with_row(Case.objects.filter(scope.cases)).order_by("customer_id", "created_at", "pk")
    for case in rows.iterator(chunk_size=200):
        yield as_shown(case, viewer)


def case_count(scope: Scope) -> int:
    """How many cases the scope tells of."""
    return Case.objects.filter(scope.cases).count()


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
