"""A scenario's way to judging transactions: drafted, tried on the past, proposed, approved by another person, live."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.words import said
from monitoring import actions
from monitoring.enums import ScenarioMove, ScenarioState
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.lifecycle import MOVES
from monitoring.models import ScenarioVersion
from monitoring.selectors import definition_of
from monitoring.services.configuration import draft_scenario


@transaction.atomic
def redraft_scenario(*, version_id: UUID, parameters: Mapping[str, Any], by: Actor) -> ScenarioVersion:
    """A draft of the version with other values of its parameters.

    Side effects: those of `draft_scenario`. Raises ScenarioInvalid, NotAPerson.
    """
    person_for_actor(by)
    base = definition_of(ScenarioVersion.objects.get(pk=version_id))
    known = {name: value for name, value in parameters.items() if name in base.parameters}
    return draft_scenario(definition=replace(base, parameters={**base.parameters, **known}), by=by)


@transaction.atomic
def keep_backtest(*, version_id: UUID, result: dict[str, Any], by: Actor) -> None:
    """Keeps what a version would have found in the past. Side effects: the version, an audit entry."""
    version = ScenarioVersion.objects.select_for_update().select_related("scenario").get(pk=version_id)
    version.backtest = result
    version.save(update_fields=["backtest"])
    _record(actions.SCENARIO_BACKTESTED, version, by)


@transaction.atomic
def move_version(*, version_id: UUID, move: ScenarioMove, by: Actor) -> ScenarioVersion:
    """Proposes, approves, sends back, makes live or retires a version; see `monitoring.lifecycle`.

    Side effects: the version; the one that had the state before is retired; an audit entry. Raises NotAPerson,
    MoveNotAllowed, ProposerCannotApprove.
    """
    person = person_for_actor(by)
    found = ScenarioVersion.objects.select_for_update(of=("self",)).select_related("scenario")
    version, told = found.get(pk=version_id), MOVES[move]
    if version.state not in told.origins:
        raise MoveNotAllowed(
            said("A version that is {state} cannot do this.", state=version.get_state_display().lower())
        )
    if told.needs_backtest and version.backtest is None:
        raise MoveNotAllowed("Try the version on the past first.")
    if told.by_another and version.proposed_by_id == person.pk:
        raise ProposerCannotApprove("Another person approves what you proposed.")
    if told.goal in {ScenarioState.SHADOW, ScenarioState.LIVE}:
        version.scenario.versions.filter(state=told.goal).update(state=ScenarioState.RETIRED)
    version.state = told.goal
    if move in {ScenarioMove.PROPOSE, ScenarioMove.REJECT}:
        version.proposed_by = person if move == ScenarioMove.PROPOSE else None
    if told.by_another:
        version.approved_by = person
    version.save(update_fields=["state", "proposed_by", "approved_by"])
    _record(actions.SCENARIO_MOVED, version, by, move=told.label)
    return version


def _record(action: Any, version: ScenarioVersion, by: Actor, **more: Any) -> None:
    after = {"scenario": version.scenario.code, "number": version.number, **more}
    record(action, by=by, object_type="scenario", object_id=version.scenario_id, stream="config", after=after)
