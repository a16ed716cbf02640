"""What lower floors say, as live hints and notifications. In the sender's transaction."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.dispatch import Signal, receiver
from django.urls import reverse

from accounts.selectors import people, people_who_may, people_with_keys
from audit.signals import integrity_alarm
from cases.rfi.selectors import request_with_id
from cases.rfi.signals import rfi_closed, rfi_reminded, rfi_sent
from cases.selectors import waiting_proposal
from cases.signals import case_changed, case_decided, case_opened, people_mentioned, viewers_changed
from core.ids import parse_id
from core.permissions import Permission
from notifications.services import put, tell_people
from screening.selectors import watchlist_for
from screening.signals import list_fetch_failed, list_needs_approval
from workflows.selectors import work_with_id
from workflows.signals import run_advanced, step_dead, work_ended, work_progressed


@receiver([case_opened, case_changed, case_decided], dispatch_uid="notifications.on_case")
def on_case(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="case-changed", payload={"case": str(case_id)})


@receiver(viewers_changed, dispatch_uid="notifications.on_viewers_changed")
def on_viewers_changed(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="viewers-changed", payload={"case": str(case_id)})


@receiver(run_advanced, dispatch_uid="notifications.on_run_advanced")
def on_run_advanced(sender: Any, subject_type: str, subject_id: UUID, **kwargs: Any) -> None:
    if subject_type == "case":
        put(channel="live", event="run-advanced", payload={"case": str(subject_id)})


@receiver(case_changed, dispatch_uid="notifications.on_proposal")
def on_proposal(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    """Asks those who may approve, once the case waits for a second person."""
    proposal = waiting_proposal(case_id)
    if proposal is None:
        return
    people = list(people_who_may(Permission.DECISION_APPROVE).exclude(pk=parse_id(proposal.proposed_by_id)))
    text = f"{proposal.case.number} waits for your approval"
    tell_people(people=people, text=text, url=reverse("cases:case_detail", args=[case_id]))


@receiver([rfi_sent, rfi_reminded], dispatch_uid="notifications.on_rfi")
def on_rfi(sender: Any, signal: Signal, request_id: UUID, **kwargs: Any) -> None:
    """Writes to the customer, where mail is set up; the payload is an id, the channel reads the address."""
    if settings.EMAIL_HOST:
        event = "rfi-sent" if signal is rfi_sent else "rfi-reminded"
        put(channel="email", event=event, payload={"rfi": str(request_id)})


@receiver(rfi_closed, dispatch_uid="notifications.on_rfi_closed")
def on_rfi_closed(sender: Any, request_id: UUID, **kwargs: Any) -> None:
    """Tells the officer that the case goes on."""
    request = request_with_id(request_id)
    person = request.case.assignee or request.requested_by
    url = reverse("cases:case_detail", args=[request.case_id])
    tell_people(people=[person], text=f"{request.case.number}: request {request.get_state_display().lower()}", url=url)


@receiver(people_mentioned, dispatch_uid="notifications.on_people_mentioned")
def on_people_mentioned(sender: Any, case_id: UUID, number: str, person_ids: list[UUID], **kwargs: Any) -> None:
    """Tells those whom a comment names; what it says stays on the case."""
    url = reverse("cases:case_detail", args=[case_id]) + "#comments"
    tell_people(people=list(people().filter(pk__in=person_ids)), text=f"You are mentioned on {number}", url=url)


@receiver(step_dead, dispatch_uid="notifications.on_step_dead")
def on_step_dead(sender: Any, run_id: UUID, **kwargs: Any) -> None:
    """Tells those who operate runs that one stopped."""
    people = list(people_who_may(Permission.RUN_OPERATE))
    tell_people(people=people, text="A workflow stopped at a step", url=reverse("workflows:run_detail", args=[run_id]))


@receiver([work_progressed, work_ended], dispatch_uid="notifications.on_work")
def on_work(sender: Any, work_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="work-moved", payload={"work": str(work_id)})


@receiver(work_ended, dispatch_uid="notifications.on_work_ended")
def on_work_ended(sender: Any, work_id: UUID, **kwargs: Any) -> None:
    """Tells who started it, where a person did."""
    work = work_with_id(work_id)
    people = list(people_with_keys([work.started_by_key]))
    url = reverse("workflows:work_detail", args=[work_id])
    tell_people(people=people, text=f"{work.title}: {work.get_state_display().lower()}", url=url)


@receiver(list_needs_approval, dispatch_uid="notifications.on_list_needs_approval")
def on_list_needs_approval(sender: Any, watchlist_id: UUID, **kwargs: Any) -> None:
    """Tells those who keep lists that a new version is unusual and waits."""
    _tell_list_keepers(watchlist_id, "a new version is unusual and waits for an approval")


@receiver(list_fetch_failed, dispatch_uid="notifications.on_list_fetch_failed")
def on_list_fetch_failed(sender: Any, watchlist_id: UUID, **kwargs: Any) -> None:
    """Tells those who keep lists that one could not be fetched; the last good version stays active."""
    _tell_list_keepers(watchlist_id, "could not be fetched; the last good version stays active")


def _tell_list_keepers(watchlist_id: UUID, what: str) -> None:
    people = list(people_who_may(Permission.LIST_IMPORT))
    url = reverse("screening:list_detail", args=[watchlist_id])
    tell_people(people=people, text=f"{watchlist_for(watchlist_id).name}: {what}", url=url)


@receiver(integrity_alarm, dispatch_uid="notifications.on_integrity_alarm")
def on_integrity_alarm(sender: Any, alarm_id: int, **kwargs: Any) -> None:
    """Tells those who verify the record that something about it is wrong."""
    people = list(people_who_may(Permission.AUDIT_VERIFY))
    tell_people(people=people, text="Something is wrong with the record", url=reverse("audit:integrity"))
