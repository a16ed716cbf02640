"""Which customers are to be looked up at providers."""

from uuid import UUID

from core.clock import now
from screening.enums import CheckState
from screening.models import Provider, ProviderCheck


def ask_providers_of(customer_id: UUID) -> None:
    """Has every enabled provider asked for a customer, soon. Inside the caller's transaction. Side effects: the rows."""
    for provider in Provider.objects.filter(is_enabled=True):
        told = {"state": CheckState.PENDING, "attempt": 0, "next_at": now(), "error": ""}
        ProviderCheck.objects.update_or_create(customer_id=customer_id, provider=provider, defaults=told)


def due_checks(limit: int) -> list[UUID]:
    """Checks that are due, of providers whose circuit is closed."""
    due = ProviderCheck.objects.filter(state=CheckState.PENDING, next_at__lte=now(), provider__is_enabled=True)
    return list(due.exclude(provider__open_until__gt=now()).order_by("next_at").values_list("pk", flat=True)[:limit])
