"""Periodic work on cases."""

from cases.services import (
    assign_waiting_cases,
    put_dismissals_into_force,
    refresh_deadline_pressure,
    release_expired_claims,
    rescore_outdated_cases,
    wake_snoozed_cases,
)
from workflows.engine.periodic import register_periodic

register_periodic("put dismissals into force", 3, put_dismissals_into_force)
register_periodic("wake snoozed cases", 60, wake_snoozed_cases)
register_periodic("release expired claims", 60, release_expired_claims)
register_periodic("assign waiting cases", 20, assign_waiting_cases)
register_periodic("refresh deadline pressure", 300, refresh_deadline_pressure)
register_periodic("rescore outdated cases", 15, rescore_outdated_cases)
