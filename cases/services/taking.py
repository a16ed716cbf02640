"""Taking in the submissions of programs."""

from cases.models import Submission
from cases.services.opening import NewSubmission, open_case
from core.actor import Actor
from core.pressure import require_room, require_space
from workflows.selectors import steps_waiting_since


def take_submission(*, data: NewSubmission, by: Actor) -> Submission:
    """Opens the case of a submission; see `open_case`.

    Refused first, with nothing kept, while too much waits (Overloaded) or where no storage is left (StorageLow).
    """
    require_space()
    require_room(steps_waiting_since)
    return open_case(data=data, by=by)
