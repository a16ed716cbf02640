"""What screening has the dispatcher do: fetching lists, bringing customers up to them, ending what has expired."""

from uuid import UUID

from screening.services import (
    due_checks,
    due_jobs,
    due_news,
    due_sources,
    end_due_suppressions,
    end_expired_entries,
    fetch_news,
    refresh_source,
    run_check,
    screen_pending,
    work_due,
)
from workflows.engine.due import register_due_source
from workflows.engine.periodic import register_periodic


def fetch_list(source_id: UUID) -> None:
    """Fetches one list."""
    refresh_source(source_id)


register_due_source("lists", due_sources, fetch_list, slow=True)
register_periodic("expired list entries", 3600, end_expired_entries)
register_due_source("rescreening", due_jobs, work_due, slow=True)
register_periodic("customers without a screening", 300, screen_pending)
register_periodic("remembered false positives", 3600, end_due_suppressions)
register_due_source("providers", due_checks, run_check)
register_due_source("news", due_news, fetch_news, slow=True)
