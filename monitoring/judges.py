"""The scenarios that judge transactions now, made ready once: checking and building rules costs more than judging by them.

A scenario that cannot judge (its definition cannot be read, its rule fails on rows that the others can judge) stops no other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.db import DatabaseError

from core.measuring import Counter
from monitoring.exceptions import NoScenarioCanJudge
from monitoring.models import ScenarioVersion
from monitoring.rules.checker import Rule
from monitoring.rules.faults import RuleInvalid
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import definition_of, judging_versions, lists_state

if TYPE_CHECKING:
    from monitoring.evaluation import Assessed

_log = structlog.get_logger(__name__)
_LEFT_OUT = Counter(
    "probity_scenarios_left_out", "Live scenarios that a process left out because they cannot judge.", ["scenario"]
)
_MOST_KEPT = 500
_judges: dict[tuple[UUID, str], tuple[ScenarioDefinition, Rule]] = {}
_broken: set[tuple[UUID, str]] = set()
_ready: dict[tuple[object, ...], "Judges"] = {}


@dataclass(frozen=True)
class Judges:
    """Versions with what they say and, of all together, their rules as a plan; `lists` is the state of what they look into."""

    versions: tuple[ScenarioVersion, ...]
    definitions: tuple[ScenarioDefinition, ...]
    plan: Any
    lists: str


Found = dict[UUID, "list[Assessed]"]


def judges() -> Judges:
    """Those of transactions, kept as long as the same versions judge and look into the same lists."""
    return _made(judging_versions("finance"), lists_state())


def asked(all_of_them: Judges, ask: Callable[[Judges], Found]) -> tuple[Judges, Found]:
    """What the judges say, and which did: where asking all fails, those that fail alone are left out from now on.

    Raises what asking raised where it fails with each of them or with none: then it is not a rule's fault.
    """
    try:
        return all_of_them, ask(all_of_them)
    except DatabaseError:
        raise
    except Exception as error:  # the boundary: what a rule may do wrong is not known beforehand
        failing = [version for version in all_of_them.versions if _fails(version, all_of_them.lists, ask)]
        if len(failing) in {0, len(all_of_them.versions)}:
            raise
        for version in failing:
            _leave_out(version, all_of_them.lists, error)
        rest = _made(all_of_them.versions, all_of_them.lists)
        return rest, ask(rest)


def _fails(version: ScenarioVersion, lists: str, ask: Callable[[Judges], Found]) -> bool:
    try:
        ask(_made([version], lists, keep=False))
    except DatabaseError:
        raise
    except Exception:  # the boundary: the same
        return True
    return False


def _made(versions: Sequence[ScenarioVersion], lists: str, *, keep: bool = True) -> Judges:
    known = [version for version in versions if (version.pk, lists) not in _broken]
    sound = [(version, judge) for version in known if (judge := _judge(version, lists))]
    if versions and not sound:
        raise NoScenarioCanJudge("None of the live scenarios can judge; the log says why.")
    key = (lists, *((version.pk, version.state) for version, _ in sound))
    if key in _ready:
        return _ready[key]
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    definitions, rules = tuple(told for _, (told, _) in sound), [rule for _, (_, rule) in sound]
    made = Judges(tuple(version for version, _ in sound), definitions, evaluation.Plan(rules), lists)
    if keep:
        _ready.clear()
        _ready[key] = made
    return made


def _judge(version: ScenarioVersion, lists: str) -> tuple[ScenarioDefinition, Rule] | None:
    """What a version says and its checked rule; None where it cannot be read. A version never changes, the lists that it
    looks into do, and with them their state."""
    if (version.pk, lists) not in _judges:
        if len(_judges) > _MOST_KEPT:
            _judges.clear()
        try:
            definition = definition_of(version)
            _judges[version.pk, lists] = (definition, definition.checked())
        except (RuleInvalid, TypeError, ValueError, LookupError) as error:
            _leave_out(version, lists, error)
            return None
    return _judges[version.pk, lists]


def _leave_out(version: ScenarioVersion, lists: str, error: Exception) -> None:
    _broken.add((version.pk, lists))
    _LEFT_OUT.labels(version.scenario.code).inc()
    _log.error("scenario_left_out", part=version.scenario.code, exc_info=error)
