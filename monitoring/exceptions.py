"""Facts the monitoring app refuses with."""

from core.exceptions import Conflict, InvalidInput, PermissionRefused


class AlertDecidedAlready(Conflict):
    """Somebody decided this alert before."""

    code = "alert_decided_already"


class ScenarioInvalid(InvalidInput):
    """The scenario's rule or parameters have faults."""

    code = "scenario_invalid"


class NoScenarioCanJudge(Conflict):
    """Scenarios are live, and not one of them can be read."""

    code = "no_scenario_can_judge"


class MoveNotAllowed(Conflict):
    """The version is not in a state from which this can be done, or something is missing for it."""

    code = "move_not_allowed"


class ProposerCannotApprove(PermissionRefused):
    """Who proposed a version does not approve it."""

    code = "proposer_cannot_approve"


class TrainerCannotApprove(PermissionRefused):
    """Who trained a version neither approves nor promotes it."""

    code = "trainer_cannot_approve"


class JudgedBefore(PermissionRefused):
    """Who gave the first or the second judgement does not settle the two."""

    code = "judged_before"


class ModelUnusable(Conflict):
    """There is too little to learn from, or a kept artefact is not what it was."""

    code = "model_unusable"
