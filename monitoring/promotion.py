"""How a version of a model comes to rank: draft → validated → approved by another → challenger in shadow → champion → retired."""

from dataclasses import dataclass

from monitoring.enums import ModelMove, ModelState


@dataclass(frozen=True)
class Promotion:
    """From states to a state. `by_another`: not by who trained it; `was_champion`: only for what was champion before."""

    origins: tuple[ModelState, ...]
    goal: ModelState
    by_another: bool = False
    was_champion: bool = False


_RUNNING = (ModelState.CHALLENGER, ModelState.CHAMPION)
PROMOTIONS: dict[ModelMove, Promotion] = {
    ModelMove.VALIDATE: Promotion((ModelState.DRAFT,), ModelState.VALIDATED),
    ModelMove.APPROVE: Promotion((ModelState.VALIDATED,), ModelState.APPROVED, by_another=True),
    ModelMove.CHALLENGE: Promotion((ModelState.APPROVED,), ModelState.CHALLENGER),
    ModelMove.PROMOTE: Promotion((ModelState.APPROVED, ModelState.CHALLENGER), ModelState.CHAMPION, by_another=True),
    ModelMove.RESTORE: Promotion((ModelState.RETIRED,), ModelState.CHAMPION, was_champion=True),
    ModelMove.RETIRE: Promotion(
        (ModelState.DRAFT, ModelState.VALIDATED, ModelState.APPROVED, *_RUNNING), ModelState.RETIRED
    ),
}


def promotions_from(state: str, *, was_champion: bool) -> list[ModelMove]:
    """What can be done with a version in this state."""
    return [
        name for name, move in PROMOTIONS.items() if state in move.origins and (was_champion or not move.was_champion)
    ]
