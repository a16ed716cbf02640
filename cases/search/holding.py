"""What search holds of a customer: words in an index."""

from uuid import UUID

from cases.search.models import SearchDocument
from customers.personal_data import Holder, register_holder


def forget_words(customer_id: UUID) -> dict[str, int]:
    """Removes the customer, its documents, cases and comments from the index."""
    return {"indexed texts": SearchDocument.objects.filter(customer=customer_id).delete()[0]}


register_holder(Holder("search", 4, forget_words))
