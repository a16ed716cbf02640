"""What a rating policy that is not in force yet would change."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from customers.models import RatingFactor, RiskRating
from customers.risk.rating import PolicyShape
from customers.risk.trial import Rated, Trial

AT_ONCE = 2_000  # customers that are weighed anew within a request, about a second
_STEP = 500


def rated_customers() -> QuerySet[RiskRating]:
    """Every customer's newest rating."""
    newest = RiskRating.objects.filter(customer=OuterRef("customer")).values("pk")[:1]
    return RiskRating.objects.filter(pk=Subquery(newest)).order_by("pk")


def policy_trial(policy: PolicyShape, report: Callable[[int], None] = lambda done: None) -> Trial:
    """The newest rating of every customer under `policy`; `report` is told how many are done."""
    trial = Trial()
    rows: list[RiskRating] = []
    for row in rated_customers().iterator(_STEP):
        rows.append(row)
        if len(rows) == _STEP:
            _weigh(trial, rows, policy)
            rows = []
            report(trial.rated)
    _weigh(trial, rows, policy)
    report(trial.rated)
    return trial


def _weigh(trial: Trial, rows: list[RiskRating], policy: PolicyShape) -> None:
    for rated in _with_points(rows):
        trial.add(rated, policy)


def _with_points(rows: list[RiskRating]) -> Iterator[Rated]:
    points: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    given: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    factors = RatingFactor.objects.filter(rating__in=[row.pk for row in rows]).order_by()
    for rating, code, point, part in factors.values_list("rating", "code", "points", "contribution"):
        points[rating][code], given[rating][code] = point, part
    for row in rows:
        yield Rated(row.customer_id, row.level, row.score, points[row.pk], given[row.pk])
