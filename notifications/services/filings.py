"""Reminding of the clocks of reports of suspicion: those alone who may know, and in the product alone."""

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.selectors import people_who_may
from cases.filings.reminding import Reminder, reminders
from core.clock import today
from core.permissions import Permission
from core.words import said
from notifications.events import EVENTS
from notifications.selectors.rules import rule_for
from notifications.services.telling import Told, tell_people

EVENT = "clock.due"
_WORDS = {"file": said("must be filed"), "review": said("is to be reviewed for continuing activity"),
          "continue": said("must be followed by the next report")}  # fmt: skip


def watch_filings() -> None:
    """Tells the author of a report and whoever approves reports of each clock two weeks before its end, three days before
    it, and when it has passed, once each. A periodic task.

    No destination hears of it and no mail is sent: what leaves the product tells nobody that there is a report.
    """
    if not rule_for(EVENTS[EVENT]).is_on:
        return
    may_know = {person.pk: person for person in people_who_may(EVENTS[EVENT].needs)}
    approve = {person.pk for person in people_who_may(Permission.FILING_APPROVE)}
    for due in reminders(today()):
        _remind(due, [may_know[pk] for pk in {due.filing.author_id} | approve if pk in may_know])


@transaction.atomic
def _remind(due: Reminder, heard: list[User]) -> None:
    when = (
        said("by {due_on}", due_on=f"{due.due_on:%Y-%m-%d}")
        if due.stage
        else said("since {due_on}: it is late", due_on=f"{due.due_on:%Y-%m-%d}")
    )
    told = Told(EVENT, reverse("filings:filing_detail", args=[due.filing.pk]), f"{EVENT}:{due.key}",
                inside=(due.filing.number, said("{what} {when}", what=_WORDS[due.clock], when=when)))  # fmt: skip
    tell_people(told, heard)
