"""How a version of a scenario comes to judge transactions: draft → proposed → shadow → live → retired.

A draft is tried on the past before it is proposed; another person approves it; in shadow its findings are kept where they
raise nothing; live it raises alerts.
"""

from dataclasses import dataclass

from core.permissions import Permission
from monitoring.enums import ScenarioMove, ScenarioState


@dataclass(frozen=True)
class Move:
    """From states to a state. `needs_backtest`: tried on the past before; `by_another`: not by who proposed it; `permission` is what
    a person needs for it."""

    origins: tuple[ScenarioState, ...]
    goal: ScenarioState
    label: str
    needs_backtest: bool = False
    by_another: bool = False
    permission: Permission = Permission.SCENARIO_EDIT


MOVES: dict[ScenarioMove, Move] = {
    ScenarioMove.PROPOSE: Move((ScenarioState.DRAFT,), ScenarioState.PROPOSED, "Propose", needs_backtest=True),
    ScenarioMove.APPROVE: Move(
        (ScenarioState.PROPOSED,),
        ScenarioState.SHADOW,
        "Approve into shadow",
        by_another=True,
        permission=Permission.SCENARIO_APPROVE,
    ),
    ScenarioMove.REJECT: Move(
        (ScenarioState.PROPOSED,), ScenarioState.DRAFT, "Send back", permission=Permission.SCENARIO_APPROVE
    ),
    ScenarioMove.GO_LIVE: Move((ScenarioState.SHADOW,), ScenarioState.LIVE, "Make live"),
    ScenarioMove.RETIRE: Move((ScenarioState.SHADOW, ScenarioState.LIVE), ScenarioState.RETIRED, "Retire"),
}


def moves_from(state: str) -> list[ScenarioMove]:
    """What can be done with a version in this state."""
    return [name for name, move in MOVES.items() if state in move.origins]
