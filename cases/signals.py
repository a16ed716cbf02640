"""What cases tell the floor above: `case_id`."""

from django.dispatch import Signal

cases_opened = Signal()  # case_ids: many at once
case_changed = Signal()
case_decided = Signal()
case_assigned = Signal()  # case_id, person_id: somebody else gave it to that person
case_escalated = Signal()
proposal_returned = Signal()  # case_id, decision_id, person_id: who proposed it
people_mentioned = Signal()  # case_id, comment_id, person_ids
viewers_changed = Signal()
