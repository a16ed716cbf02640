"""Whether a delivery is taken in now."""

from core.actor import Actor
from core.pressure import require_room, require_space
from monitoring.selectors import assessments_waiting_since

_BATCHES = 0.5


def admit_delivery(*, by: Actor, is_batch: bool) -> None:
    """Refuses a program's delivery, with nothing kept, while too many assessments wait: Overloaded. A person's is taken.

    A batch is refused at half the depth: what comes one by one is waited for, a file can come again. Anybody is refused
    where no storage is left: StorageLow.
    """
    require_space()
    if not by.is_person:
        require_room(assessments_waiting_since, part=_BATCHES if is_batch else 1.0)
