"""Periodic work on cases."""

from cases.services import wake_snoozed_cases
from workflows.engine.periodic import register_periodic

register_periodic("wake snoozed cases", 60, wake_snoozed_cases)
