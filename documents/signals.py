"""What documents tell the floors above: `document_id` and `customer_id`."""

from django.dispatch import Signal

document_stored = Signal()
document_read = Signal()
