"""What filings hold of a customer. None of it is ever given to the customer: that would tip them off."""

from uuid import UUID

from django.db import transaction

from cases.filings.models import Filing, FilingVersion
from customers.personal_data import Holder, register_holder


@transaction.atomic
def forget_filings(customer_id: UUID) -> dict[str, int]:
    """Blanks what was reported, to the letter; that it was, when, by whom, and its digest stay. How many filings."""
    filings = Filing.objects.filter(case__customer=customer_id)
    FilingVersion.objects.filter(filing__in=filings).delete()
    return {"filings": filings.update(data={}, xml="", remarks=[], note="")}


register_holder(Holder("filings", 4, forget_filings))
