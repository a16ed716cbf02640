"""Reads of the queue: the views of its rail with their counts, filters, sorting, a page of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cases.enums import CaseStatus
from cases.models import IN_QUEUE, Case, CaseReason, CaseTag, Queue, SavedView, Tag
from cases.selectors.blueprints import assignable_people, blueprints_in_force
from cases.selectors.case import with_row
from cases.selectors.concealing import not_concealed_from
from cases.selectors.working import pressures_of, priority_explanations
from core.clock import now
from core.exceptions import NotFound
from core.ids import IdAsText, parse_id
from core.permissions import Permission
from core.words import said
from monitoring.models import Alert, Scenario
from screening.models import Hit, Watchlist

_LATE, _SHOWN = 0.75, 2
_UNITS = ((24 * 60, "d"), (60, "h"))
FILTERS = ("status", "queue", "scenario", "watchlist", "rating", "country", "assignee", "tag", "amount_from", "amount_to",
           "older_than")  # fmt: skip
SORTS = {
    "priority": ("-priority", "due_at", "id"), "due": ("due_at", "-priority", "id"),
    "amount": ("-amount_flagged", "-priority", "id"), "linked": ("-linked_cases", "-priority", "id"),
    "oldest": ("created_at", "id"), "newest": ("-created_at", "-id"),
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """A way to look at the queue: its key in the URL, its title, and which cases it holds for a person.

    `within` narrows the cases in a queue; the closed ones are in none.
    """

    key: str
    title: str
    within: Q

    @property
    def cases(self) -> Q:
        """The cases of the view."""
        return self.within if self.key == "closed" else IN_QUEUE & self.within


@dataclass(frozen=True)
class RailLine:
    """A line of the left rail: what it links to, its title, how many cases it holds now."""

    query: str
    title: str
    count: int
    saved_view: SavedView | None = None


@dataclass(frozen=True)
class Rail:
    """The left rail: views, team queues, saved views."""

    views: list[RailLine]
    teams: list[RailLine]
    saved: list[RailLine]


@dataclass(frozen=True)
class QueueRow:
    """A case of the queue with the sum behind its priority and how much of its time is used (0-1)."""

    case: Case
    why: str
    pressure: float

    @property
    def due_class(self) -> str:
        """Red where the deadline has passed, amber in the last quarter of its time."""
        if self.case.due_at < now() and self.case.paused_since is None:
            return "bg-red-lt"
        return "bg-yellow-lt" if self.pressure >= _LATE else "bg-secondary-lt"

    @property
    def due_in(self) -> str:
        """The time left by the clock on the wall, or how late it is, in its largest unit."""
        minutes = int((self.case.due_at - now()).total_seconds() // 60)
        size, unit = next(((size, unit) for size, unit in _UNITS if abs(minutes) >= size), (1, "min"))
        told = f"{abs(minutes) // size} {unit}"
        return said("{told} late", told=told) if minutes < 0 else said("in {told}", told=told)

    @property
    def reasons(self) -> list[CaseReason]:
        """The two gravest reasons."""
        return list(self.case.reasons.all())[:_SHOWN]

    @property
    def more_reasons(self) -> int:
        """How many reasons the row does not show."""
        return max(0, len(self.case.reasons.all()) - _SHOWN)


@dataclass(frozen=True)
class FilterChoices:
    """(value, words) of each filter that has fixed values."""

    queue: list[tuple[str, str]]
    scenario: list[tuple[str, str]]
    watchlist: list[tuple[str, str]]
    assignee: list[tuple[str, str]]
    tag: list[tuple[str, str]]


def views_for(person: User) -> list[View]:
    """The views of the left rail, in their order."""
    awake = ~Q(status=CaseStatus.SNOOZED)
    approval = Q(status__in=[CaseStatus.PROPOSED, CaseStatus.REOPEN_PROPOSED])
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    running = Q(paused_since=None)  # a clock that stands still breaches nothing
    today = running & Q(due_at__gte=midnight, due_at__lt=midnight + timedelta(days=1))
    views = [
        View("mine", "My work", awake & Q(assignee=person)),
        View("unassigned", "Unassigned", awake & Q(assignee=None)),
        View("approval", "Awaiting my approval", approval & (Q(proposer=None) | ~Q(proposer=person))),
        View("today", "Due today", awake & today),
        View("breached", "Breached", awake & running & Q(due_at__lt=now())),
        View("open", "All open", Q()),
        View("snoozed", "Snoozed", Q(status=CaseStatus.SNOOZED)),
        View("closed", "Closed", Q(status=CaseStatus.CLOSED)),
    ]
    may_approve = person.has_perm(Permission.DECISION_APPROVE)
    return [view for view in views if view.key != "approval" or may_approve]


def view_title(person: User, filters: Mapping[str, str]) -> str:
    """What a view is called."""
    return {view.key: view.title for view in views_for(person)}.get(filters.get("view", ""), "All open")


def rail_for(person: User) -> Rail:
    """The rail with its counts, in a constant number of queries; closed cases, which are most, by their own index."""
    views, saved = views_for(person), list(saved_views_for(person))
    by_queue = _counts_by_queue(person, views)
    total = {view.key: sum(row[view.key] for row in by_queue.values()) for view in views if view.key != "closed"}
    total["closed"] = Case.objects.filter(not_concealed_from(person), status=CaseStatus.CLOSED).count()
    conditions = {f"saved_{index}": _selection(person, row.query) for index, row in enumerate(saved)}
    closed = {f"saved_{index}" for index, row in enumerate(saved) if row.query.get("view") == "closed"}
    counts = {name: Count("status", filter=cases) for name, cases in conditions.items() if name not in closed}
    told = Case.objects.filter(IN_QUEUE).aggregate(**counts)
    told |= {name: Case.objects.filter(conditions[name]).count() for name in closed}
    return Rail(
        [RailLine(f"view={view.key}", view.title, total[view.key]) for view in views],
        [
            RailLine(f"view=open&queue={pk}", name, by_queue[pk]["open"] if pk in by_queue else 0)
            for pk, name in Queue.objects.values_list("pk", "name")
        ],
        [RailLine(f"saved={row.pk}", row.title, told[f"saved_{index}"], row) for index, row in enumerate(saved)],
    )


def _counts_by_queue(person: User, views: Sequence[View]) -> dict[UUID, dict[str, int]]:
    """How many cases each view holds of each queue: one look at the index `case_counts`, which holds all it needs."""
    counts = {view.key: Count("status", filter=view.within or None) for view in views if view.key != "closed"}
    rows = Case.objects.filter(IN_QUEUE, not_concealed_from(person)).order_by().values("queue").annotate(**counts)
    counted: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row.pop("queue"): row for row in counted}


def queue_counts(person: User) -> list[tuple[View, int]]:
    """Every view with its number of cases, in one query."""
    views = views_for(person)
    told = Case.objects.filter(not_concealed_from(person)).aggregate(
        **{view.key: Count("status", filter=view.cases) for view in views}
    )
    return [(view, told[view.key]) for view in views]


def queue_cases(person: User, filters: Mapping[str, str]) -> QuerySet[Case]:
    """The cases of a view (`view`), narrowed by FILTERS and by `q` (number or name), sorted by `sort`."""
    rows = Case.objects.filter(_selection(person, filters))
    text = filters.get("q", "").strip()
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(customer__party__name__icontains=text))
    return rows.order_by(*SORTS.get(filters.get("sort", ""), SORTS["priority"]))


def rows_of(cases: Sequence[UUID]) -> list[QueueRow]:
    """The cases with these ids as rows of the queue, in the order of the ids, in a constant number of queries."""
    found = with_row(Case.objects.filter(pk__in=list(cases))).in_bulk()
    shown = [found[pk] for pk in cases if pk in found]
    known = blueprints_in_force()
    told, pressures = priority_explanations(shown, known), pressures_of(shown, known)
    return [QueueRow(case, told[case.pk], pressures[case.pk]) for case in shown]


def filter_choices(person: User) -> FilterChoices:
    """What each filter can be set to."""
    people = [(str(row.pk), row.actor.name) for row in assignable_people()]
    return FilterChoices(
        queue=[(str(pk), name) for pk, name in Queue.objects.values_list("pk", "name")],
        scenario=[(str(pk), title) for pk, title in Scenario.objects.order_by("title").values_list("pk", "title")],
        watchlist=[(str(pk), name) for pk, name in Watchlist.objects.order_by("name").values_list("pk", "name")],
        assignee=[("me", "Me"), ("nobody", said("Nobody")), *people],
        tag=[(name, name) for name in Tag.objects.values_list("name", flat=True)],
    )


def _selection(person: User, filters: Mapping[str, str]) -> Q:
    views = {view.key: view for view in views_for(person)}
    chosen = views.get(filters.get("view", ""), views["open"]).cases & not_concealed_from(person)
    for name in FILTERS:
        if filters.get(name):
            chosen &= _FILTERS[name](filters[name], person)
    return chosen


def _raised_by(kind: str, sources: QuerySet[Any]) -> Q:
    """Cases with a reason from one of these alerts or hits: what a reason is about is sealed, what it came from is not."""
    keys = sources.values_list(IdAsText("pk"))
    return Q(Exists(CaseReason.objects.filter(case=OuterRef("pk"), source_type=kind, source_id__in=keys)))


def _assignee(value: str, person: User) -> Q:
    if value in {"me", "nobody"}:
        return Q(assignee=person if value == "me" else None)
    return Q(assignee=parse_id(value))


def _older_than(value: str, person: User) -> Q:
    return Q(created_at__lt=now() - timedelta(days=int(value))) if value.isdecimal() and len(value) < 5 else Q()  # noqa: PLR2004


def _amount(lookup: str, value: str) -> Q:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return Q()
    return Q(**{f"amount_flagged__{lookup}": amount}) if amount.is_finite() else Q()


_FILTERS: dict[str, Any] = {
    "status": lambda value, person: Q(status=value),
    "queue": lambda value, person: Q(queue=parse_id(value)),
    "scenario": lambda value, person: _raised_by("alert", Alert.objects.filter(scenario=parse_id(value))),
    "watchlist": lambda value, person: _raised_by("hit", Hit.objects.filter(watchlist=parse_id(value))),
    "rating": lambda value, person: Q(rating="" if value == "unrated" else value),
    "country": lambda value, person: Q(country=value.upper()),
    "assignee": _assignee,
    "tag": lambda value, person: Q(Exists(CaseTag.objects.filter(case=OuterRef("pk"), tag__name=value))),
    "amount_from": lambda value, person: _amount("gte", value),
    "amount_to": lambda value, person: _amount("lte", value),
    "older_than": _older_than,
}


def saved_views_for(person: User) -> QuerySet[SavedView]:
    """The person's own saved views and those shared with everybody."""
    return SavedView.objects.filter(Q(owner=person) | Q(is_shared=True)).select_related("owner")


def saved_view_for(person: User, pk: object) -> SavedView:
    """The saved view with this id, if the person may use it; raises NotFound."""
    found = saved_views_for(person).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such saved view.")
    return found
