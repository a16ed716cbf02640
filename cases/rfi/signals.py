"""What requests for information tell the floor above: `request_id`. Nothing of it names the customer."""

from django.dispatch import Signal

rfi_sent = Signal()
rfi_reminded = Signal()
rfi_closed = Signal()
