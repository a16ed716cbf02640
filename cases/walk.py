"""Walking a view of the queue case by case: where the open case stands in it, and its neighbours."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from accounts.models import User
from cases.models import Case
from cases.selectors import queue_cases

_FARTHEST = 500
_OWN = ("tab", "page", "seen")
_OF_TABS = ("t_", "n_")


@dataclass(frozen=True)
class Walk:
    """`position` of `total` (`is_capped`: there are more), the cases before and after, and the view as a query."""

    position: int
    total: int
    is_capped: bool
    previous: UUID | None
    following: UUID | None


def view_query(params: QueryDict) -> str:
    """The view and its filters as they stand in the URL, without what belongs to the case page itself."""
    kept = params.copy()
    for name in [name for name in kept if name in _OWN or name.startswith(_OF_TABS)]:
        del kept[name]
    return kept.urlencode() if "view" in kept else ""


def walk_of(person: User, case: Case, query: str) -> Walk | None:
    """The case's place in the view of `query`; None where one did not come from a view or the case is not in it.

    Only the first cases of a view are walked: nobody walks thousands, and the page must not wait for them.
    """
    if not query:
        return None
    rows = queue_cases(person, QueryDict(query).dict())
    keys = list(rows.values_list("pk", flat=True)[: _FARTHEST + 1])
    if case.pk not in keys[:_FARTHEST]:
        return None
    place = keys.index(case.pk)
    following = keys[place + 1] if place + 1 < len(keys) else None
    return Walk(
        position=place + 1, total=min(len(keys), _FARTHEST), is_capped=len(keys) > _FARTHEST,
        previous=keys[place - 1] if place else None, following=following,
    )  # fmt: skip
