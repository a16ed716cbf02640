"""What requests for information hold of a customer: what was asked, and what they answered."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from cases.rfi.models import RfiItem, RfiRequest, new_nonce
from customers.personal_data import Holder, register_holder


@transaction.atomic
def forget_requests(customer_id: UUID) -> dict[str, int]:
    """Blanks addresses, questions and answers, lets go of documents, voids links; how many requests."""
    requests = RfiRequest.objects.filter(case__customer=customer_id)
    RfiItem.objects.filter(request__in=requests).update(wanted="", answer="", document=None)
    return {"requests for information": requests.update(email="", nonce=new_nonce())}


def _give(customer_id: UUID) -> Mapping[str, object]:
    rows = RfiItem.objects.filter(request__case__customer=customer_id).order_by("created_at")
    return {"questions": list(rows.values("wanted", "answer", "answered_at"))}


register_holder(Holder("requests for information", 4, forget_requests, _give))
