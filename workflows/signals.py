"""What the engine tells the floors above, inside its transaction, with ids only.

All carry `run_id`, `subject_type`, `subject_id`; the step signals also `step_id`.
"""

from django.dispatch import Signal

step_parked = Signal()
step_dead = Signal()
run_advanced = Signal()
run_finished = Signal()

# Long work: `work_id`; the second when it is done, failed or cancelled. The first at most once a second, outside any
# transaction of the work itself.
work_progressed = Signal()
work_ended = Signal()
