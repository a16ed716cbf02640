"""What the language model cost, for whoever looks at what asked it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ai import selectors
from core.http import fragment, requires
from core.permissions import Permission


@requires(Permission.RUN_VIEW)
def run_cost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Calls, tokens, time and money of one run, by purpose; a run that asked nothing says so."""
    costs = selectors.cost_of(f"run-{pk}")
    money = [cost.money for cost in costs if cost.money is not None]
    total = sum(money) if money else None
    return fragment(request, "ai/_cost.html", {"costs": costs, "total": total, "currency": settings.LLM_CURRENCY})
