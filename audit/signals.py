"""What the record says to floors above."""

from django.dispatch import Signal

integrity_alarm = Signal()  # alarm_id: something about the record needs people; sent in the transaction that raised it
