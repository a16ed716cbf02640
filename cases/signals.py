"""What cases tell the floor above: `case_id`."""

from django.dispatch import Signal

case_opened = Signal()
case_changed = Signal()
case_decided = Signal()
people_mentioned = Signal()  # case_id, number, person_ids
viewers_changed = Signal()
