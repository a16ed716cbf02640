"""What this app holds of a customer: what they paid and were paid is theirs, what was thought of it is not."""

from collections.abc import Mapping
from uuid import UUID

from customers.personal_data import Holder, register_holder
from monitoring.models import Transaction
from monitoring.selectors import archived_rows_of
from monitoring.services.forgetting import forget_transactions

_GIVEN = (
    "external_id", "booked_at", "account", "direction", "amount", "currency", "type", "channel", "counterparty_name",
    "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip


def _give(customer_id: UUID) -> Mapping[str, object]:
    rows = Transaction.objects.filter(customer=customer_id).order_by("booked_at")
    archived = [{name: row[name] for name in _GIVEN} for row in archived_rows_of(customer_id)]
    return {"transactions": [*archived, *rows.values(*_GIVEN)]}


register_holder(Holder("monitoring", 3, forget_transactions, _give))
