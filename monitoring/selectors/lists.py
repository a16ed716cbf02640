"""Reads of named lists, and the definitions of scenarios with the lists they look into."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from core.clock import now
from core.exceptions import NotFound
from customers.selectors import high_risk_countries
from monitoring.enums import ListState, ScenarioState
from monitoring.lists import named_lists_that_ship
from monitoring.models import RuleList, RuleListEntry, RuleListVersion, Scenario, ScenarioVersion
from monitoring.rules.lists import Edition, Lists, NamedList, named_list
from monitoring.scenarios.catalogue import ScenarioDefinition

_known: dict[str, Lists] = {}


@dataclass(frozen=True)
class ListChanges:
    """What one version has that another has not."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.noted)


def lists_state() -> str:
    """Changes whenever a version of a list is approved or taken back."""
    approved = RuleListVersion.objects.filter(live_from__isnull=False)
    told = approved.aggregate(number=Count("pk"), begins=Max("live_from"), at=Max("approved_at"))
    return " ".join(str(value) for value in told.values())


def named_lists() -> Lists:
    """Every list that is in force, with its editions, as rules look into it; those that ship and were not stored yet as
    they ship. Kept by the process until a version is approved or taken back."""
    state = lists_state()
    if state not in _known:
        made = {**named_lists_that_ship(high_risk_countries()), **_stored()}
        _known.clear()
        _known[state] = made
    return _known[state]


def _stored() -> dict[str, NamedList]:
    rows = RuleListEntry.objects.filter(version__live_from__isnull=False).order_by(
        "version__rule_list__name", "version__live_from", "version__number", "value"
    )
    names = ("version__rule_list__name", "version__number", "version__live_from", "value")
    editions: dict[str, list[Edition]] = {}
    for (name, number, since), group in groupby(rows.values_list(*names).iterator(), key=lambda row: row[:3]):
        told = Edition(number, since.isoformat(), tuple(value for *_, value in group))
        editions.setdefault(name, []).append(told)
    return {name: named_list(name, tuple(found)) for name, found in editions.items()}


def definition_of(version: ScenarioVersion) -> ScenarioDefinition:
    """What a version says, with the lists it looks into as they are now."""
    definition = ScenarioDefinition(**version.definition)
    return definition.with_lists(named_lists()) if definition.list_names else definition


def definitions_of(versions: Iterable[ScenarioVersion]) -> list[ScenarioDefinition]:
    """The same of many."""
    lists = named_lists()
    return [ScenarioDefinition(**version.definition).with_lists(lists) for version in versions]


def rule_lists() -> QuerySet[RuleList]:
    """Every list by title, with the version in force (`live_number`, `live_since`), its entries and what waits."""
    live = _in_force().filter(rule_list=OuterRef("pk"))
    waiting = Q(versions__state__in=[ListState.DRAFT, ListState.PROPOSED])
    return RuleList.objects.order_by("title", "name").annotate(
        live_number=Subquery(live.values("number")[:1]),
        live_since=Subquery(live.values("live_from")[:1]),
        entry_count=Count("versions__entries", filter=Q(versions__number=F("live_number"))),
        open_count=Count("versions", filter=waiting, distinct=True),
    )


def _in_force() -> QuerySet[RuleListVersion]:
    """Versions that are or were in force, the one that is now first."""
    return RuleListVersion.objects.filter(live_from__lte=now()).order_by("-live_from")


def rule_list_named(name: str) -> RuleList:
    """The list; raises NotFound."""
    found = rule_lists().filter(name=name).first()
    if found is None:
        raise NotFound("There is no such list.")
    return found


def list_version(rule_list: RuleList, number: str | int = "") -> RuleListVersion:
    """The version of this number; without one what is in force, else the newest. Raises NotFound."""
    versions = rule_list.versions.select_related("proposed_by", "approved_by")
    if str(number):
        wanted = versions.filter(number=int(number)) if str(number).isdecimal() and len(str(number)) < 8 else None  # noqa: PLR2004
        found = wanted.first() if wanted is not None else None
    else:
        found = versions.filter(live_from__lte=now()).order_by("-live_from").first() or versions.first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def entries_of(version: RuleListVersion, query: str = "") -> QuerySet[RuleListEntry]:
    """The entries by value, or those in which the text is."""
    rows = version.entries.all()
    return rows.filter(Q(value__icontains=query) | Q(note__icontains=query)) if query else rows


def list_changes(version: RuleListVersion) -> tuple[RuleListVersion | None, ListChanges]:
    """The version before and what differs from it: of an open version what is in force, else what was in force before."""
    before = version.rule_list.versions.filter(live_from__isnull=False, number__lt=version.number).first()
    if before is None:
        return None, ListChanges()
    old, new = (dict(item.entries.values_list("value", "note")) for item in (before, version))
    noted = sorted(value for value in old.keys() & new.keys() if old[value] != new[value])
    return before, ListChanges(sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()), noted)


def scenarios_looking_into(name: str) -> list[tuple[Scenario, ScenarioVersion]]:
    """Scenarios and their versions, but retired ones, that look into the list."""
    versions = ScenarioVersion.objects.exclude(state=ScenarioState.RETIRED).select_related("scenario")
    rows = versions.order_by("scenario__title", "-number")
    return [(row.scenario, row) for row in rows if name in ScenarioDefinition(**row.definition).list_names]
