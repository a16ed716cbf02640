"""What customers tell the floors above: `customer_id`."""

from django.dispatch import Signal

customer_changed = Signal()  # registered, or its facts or owners were given anew
