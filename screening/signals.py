"""What screening tells the floors above: `hit_id` and `customer_id`."""

from django.dispatch import Signal

hit_found = Signal()
hit_disposed = Signal()
