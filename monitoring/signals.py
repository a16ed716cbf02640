"""What monitoring tells the floors above: `alert_id` and `customer_id`.

`alert_raised` is sent again when an alert has become materially worse.
"""

from django.dispatch import Signal

alert_raised = Signal()
alert_disposed = Signal()
