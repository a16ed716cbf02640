"""Facts the monitoring app refuses with."""

from core.exceptions import Conflict, InvalidInput


class AlertDecidedAlready(Conflict):
    """Somebody decided this alert before."""

    code = "alert_decided_already"


class ScenarioInvalid(InvalidInput):
    """The scenario's rule or parameters have faults."""

    code = "scenario_invalid"
