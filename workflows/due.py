"""Periodic work of the engine."""

from workflows.engine.periodic import register_periodic
from workflows.services import start_scheduled


def _start() -> None:
    start_scheduled()


register_periodic("start scheduled workflows", 15, _start)
