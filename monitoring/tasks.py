"""What monitoring has the dispatcher do: keeping the snapshots that backtests read."""

from importlib import import_module
from typing import Any
from uuid import UUID

from core.ids import parse_id
from monitoring.snapshots.manifest import age_of
from monitoring.snapshots.sources import folder_of, stored_domains
from workflows.engine.due import register_due_source

EVERY_SECONDS = 900
_THE_ONE = parse_id("")  # there is one thing to do, not one for each row


def due_snapshots(limit: int) -> list[UUID]:
    """Whether a snapshot of this machine is old: looked up in its folder, so that asking every second costs nothing."""
    is_old = any(age_of(folder_of(domain)) > EVERY_SECONDS for domain in stored_domains())
    return [_THE_ONE][:limit] if is_old else []


def update_snapshots(_: UUID) -> None:
    """Brings the snapshots of this machine up to date."""
    writing: Any = import_module("monitoring.snapshots.writing")  # Polars is loaded by workers only
    writing.update_all()


register_due_source("snapshots", due_snapshots, update_snapshots, slow=True)
