"""What screening has the dispatcher do: fetching lists when they are due, ending entries that have expired."""

from uuid import UUID

from screening.services import due_sources, end_expired_entries, refresh_source
from workflows.engine.due import register_due_source
from workflows.engine.periodic import register_periodic


def fetch_list(source_id: UUID) -> None:
    """Fetches one list."""
    refresh_source(source_id)


register_due_source("lists", due_sources, fetch_list, slow=True)
register_periodic("expired list entries", 3600, end_expired_entries)
