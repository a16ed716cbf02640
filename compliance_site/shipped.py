"""What comes with the product and must be in the database before it serves. Each part is made once, through its service."""

from cases.search.rebuilding import REBUILD
from cases.search.selectors import search_is_empty
from cases.services import ensure_case_configuration
from core.actor import system_actor
from customers.services import ensure_rating_policy
from monitoring.services import ensure_shipped_lists, ensure_shipped_scenarios
from workflows.services import ensure_shipped_workflows, start_work


def ensure_what_ships() -> None:
    """Workflows, queues, reason codes, decision and rating policy, named lists, scenarios; what exists is left as it is."""
    ensure_shipped_workflows()
    ensure_case_configuration()
    ensure_rating_policy()
    ensure_shipped_lists()
    ensure_shipped_scenarios()
    if search_is_empty():
        start_work(kind=REBUILD, title="Build the search index", by=system_actor("upgrade"))
