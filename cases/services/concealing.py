"""Concealing what a report of suspicion does to a case (policy: `cases.selectors.concealing`)."""

from django.db import transaction

from audit.selectors import stream_length
from cases.models import Case, Concealment
from cases.services.opening import stream_of
from cases.signals import case_changed
from core.clock import now


@transaction.atomic
def conceal_case(*, case: Case, holder: str) -> None:
    """From the next entry on, what happens to the case is kept from those who may not know. Before anything is recorded.

    Side effects: the concealment, `case_changed`.
    """
    stream = stream_of(case)
    Concealment.objects.get_or_create(
        holder=holder, defaults={"case": case, "stream": stream, "first_seq": stream_length(stream) + 1}
    )
    case_changed.send(Case, case_id=case.pk)


@transaction.atomic
def end_concealment(*, case: Case, holder: str) -> None:
    """The reason to conceal is gone; the entries made meanwhile stay hidden. After everything is recorded."""
    length = stream_length(stream_of(case))
    Concealment.objects.filter(holder=holder, ended_at=None).update(last_seq=length, ended_at=now())
