"""What filings hold of a customer. None of it is ever given to the customer: that would tip them off."""

from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction

from cases.filings.models import Filing, FilingVersion
from customers.personal_data import Holder, register_holder


@transaction.atomic
def forget_filings(customer_id: UUID) -> dict[str, int]:
    """Blanks what was reported, to the letter; that it was, when, by whom, and its digest stay. How many filings."""
    filings = Filing.objects.filter(case__customer=customer_id)
    FilingVersion.objects.filter(filing__in=filings).delete()
    return {"filings": filings.update(data={}, xml="", remarks=[], note="")}


def _kept_until(customer_id: UUID) -> date | None:
    """The last day for which a customer's reports must be kept: five years after filing (31 CFR 1020.320(d))."""
    last = Filing.objects.filter(case__customer=customer_id, filed_on__isnull=False).order_by("-filed_on").first()
    if last is None or last.filed_on is None:
        return None
    until: date = last.filed_on + relativedelta(years=5)
    return until


register_holder(Holder("filings", 4, forget_filings, kept_until=_kept_until))
