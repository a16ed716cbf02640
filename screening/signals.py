"""What screening tells the floors above. Hits: `hit_id` and `customer_id`; lists: `watchlist_id`."""

from django.dispatch import Signal

hit_found = Signal()
hit_disposed = Signal()
hit_delisted = Signal()
media_found = Signal()  # media_hit_id, customer_id
list_needs_approval = Signal()
list_fetch_failed = Signal()
