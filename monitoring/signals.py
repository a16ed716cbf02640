"""What monitoring tells the floors above.

`alerts_raised` names many at once (`alert_ids`), those again that have become materially worse; `alert_disposed` one
(`alert_id`, `customer_id`).
"""

from django.dispatch import Signal

alerts_raised = Signal()
alert_disposed = Signal()
