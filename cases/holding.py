"""What cases hold of a customer: what people wrote. That they decided, and what, stays; their words do not."""

from collections.abc import Mapping
from uuid import UUID

from cases.forgetting import forget_cases
from cases.models import Case
from customers.personal_data import Holder, register_holder


def _give(customer_id: UUID) -> Mapping[str, object]:
    rows = Case.objects.filter(customer=customer_id, submission__isnull=False).order_by("created_at")
    return {"submissions": [{"received_at": row.created_at} for row in rows]}


register_holder(Holder("cases", 4, forget_cases, _give))
