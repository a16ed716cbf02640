"""Periodic work on the content store."""

from documents.services import sweep_left_files
from workflows.engine.periodic import register_periodic


def sweep() -> None:
    """Removes what crashes left behind."""
    sweep_left_files()


register_periodic("sweep left files", 3600, sweep)
