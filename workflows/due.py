"""Periodic work of the engine."""

from workflows.engine.periodic import register_periodic
from workflows.services import forget_expired_answers, start_scheduled


def _start() -> None:
    start_scheduled()


register_periodic("start scheduled workflows", 15, _start)
register_periodic("kept answers that are over", 3600, forget_expired_answers)
