"""Figures of people: what they proposed and approved, and how much of it was returned."""

from django.db.models import Count, Q

from accounts.selectors import people
from cases.enums import DecisionState
from core.words import said
from reporting.metrics.base import Figure, Metric, Row, Scope, percent
from reporting.metrics.cases import cases_in

_HEADER = (
    "person",
    said("approved as proposed"),
    "returned",
    said("overturned %"),
    said("approved for others"),
    said("a week"),
)
_WEEK = 7


def _reviewers(scope: Scope) -> Metric:
    """By who proposed, and by who approved for somebody else; policies propose nothing here."""
    settled = cases_in(scope).filter(decisions__settled_at__gte=scope.since)
    proposed = {
        row["decisions__proposed_by"]: (row["kept"], row["returned"])
        for row in settled.filter(decisions__proposed_by__isnull=False)
        .values("decisions__proposed_by")
        .annotate(
            kept=Count("decisions", filter=Q(decisions__state=DecisionState.APPROVED)),
            returned=Count("decisions", filter=Q(decisions__state=DecisionState.RETURNED)),
        )
    }
    approved = dict(
        settled.filter(decisions__approved_by__isnull=False)
        .values_list("decisions__approved_by")
        .annotate(n=Count("decisions"))
    )
    rows: list[Row] = []
    for person in people().filter(pk__in={*proposed, *approved}):
        kept, returned = proposed.get(person.pk, (0, 0))
        others = approved.get(person.pk, 0)
        weekly = round((kept + returned + others) * _WEEK / scope.days, 1)
        rows.append((person.actor.name, kept, returned, percent(returned, kept + returned), others, weekly))
    return Metric(
        "reviewers", "Work of reviewers", _HEADER, tuple(rows), chart="stack",
        drawn=(said("approved as proposed"), "returned", said("approved for others")),
        note=said("Overturned: the share of one's settled proposals that a second person returned."),
    )  # fmt: skip


REVIEWERS = Figure("reviewers", "Work of reviewers", _reviewers)
