"""What monitoring tells the floors above: `alert_id` and `customer_id`."""

from django.dispatch import Signal

alert_raised = Signal()
alert_disposed = Signal()
