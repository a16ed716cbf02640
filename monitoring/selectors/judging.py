"""Which versions judge: asked for every batch of transactions, so what they say is read once."""

from uuid import UUID

from monitoring.enums import ScenarioState
from monitoring.models import ScenarioVersion

_State = tuple[tuple[UUID, str], ...]
_kept: dict[_State, list[ScenarioVersion]] = {}


def judging_versions(domain: str) -> list[ScenarioVersion]:
    """The versions that rows of a domain are assessed by: rules, live or in shadow; not to be changed by the caller.

    What a version says never changes, so the process keeps it; which versions are in what state is asked each time, and
    any other process's change is seen at once.
    """
    states = (ScenarioState.LIVE, ScenarioState.SHADOW)
    rows = ScenarioVersion.objects.filter(state__in=states).order_by("scenario__code", "pk")
    state: _State = tuple(rows.values_list("pk", "state"))
    if state not in _kept:
        found = list(rows.select_related("scenario"))
        if tuple((version.pk, version.state) for version in found) != state:
            return _of(domain, found)  # one moved between the two questions: this answer holds, and is not kept
        _kept.clear()
        _kept[state] = found
    return _of(domain, _kept[state])


def _of(domain: str, versions: list[ScenarioVersion]) -> list[ScenarioVersion]:
    return [
        version for version in versions
        if version.definition.get("domain", "finance") == domain and not version.is_by_model
    ]  # fmt: skip
