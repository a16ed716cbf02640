"""What lower floors say, as live hints and as events that people and channels hear of. In the sender's transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.selectors import people_who_may, people_with_keys
from accounts.signals import last_administrator_kept, role_proposed, sign_in_locked
from audit.signals import integrity_alarm
from cases.enums import DecisionKind
from cases.models import Case
from cases.rfi.selectors import request_with_id
from cases.rfi.signals import rfi_closed, rfi_reminded, rfi_sent
from cases.selectors import Uninformed, case_with_id, cases_with_ids, clients_of_cases, is_concealed, waiting_proposal
from cases.signals import (
    case_assigned,
    case_changed,
    case_decided,
    case_escalated,
    cases_opened,
    people_mentioned,
    proposal_returned,
    viewers_changed,
)
from core.clock import now, today
from core.ids import new_id
from core.language import remember_choice
from core.permissions import Permission
from notifications.selectors import chosen_preferences
from notifications.services import Told, put, put_many, tell, tell_all
from screening.selectors import watchlist_for
from screening.signals import list_fetch_failed, list_needs_approval
from workflows.selectors import run_for, work_with_id
from workflows.signals import run_advanced, run_finished, step_dead, step_parked, work_ended, work_progressed


@receiver([case_changed, case_decided], dispatch_uid="notifications.on_case")
def on_case(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="case-changed", payload={"case": str(case_id)})


@receiver(viewers_changed, dispatch_uid="notifications.on_viewers_changed")
def on_viewers_changed(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="viewers-changed", payload={"case": str(case_id)})


@receiver([run_advanced, run_finished, step_parked, step_dead], dispatch_uid="notifications.on_run_advanced")
def on_run_advanced(sender: Any, run_id: UUID, subject_type: str, subject_id: UUID, **kwargs: Any) -> None:
    """Has pages of the run, and of the case that it is about, ask anew."""
    if subject_type == "case":
        put(channel="live", event="run-advanced", payload={"run": str(run_id), "case": str(subject_id)})
        return
    soon = now().replace(microsecond=0) + timedelta(seconds=1)  # one hint a second is enough for a batch
    put(
        channel="live",
        event="run-advanced",
        payload={"run": str(run_id)},
        key=f"run:{run_id}:{int(soon.timestamp())}",
        run_at=soon,
    )


@receiver(cases_opened, dispatch_uid="notifications.on_cases_opened")
def on_cases_opened(sender: Any, case_ids: list[UUID], **kwargs: Any) -> None:
    """Programs hear that cases they submitted were opened."""
    put_many(channel="live", event="case-changed", payloads=[{"case": str(pk)} for pk in case_ids])
    clients = clients_of_cases(case_ids)
    tell_all([_about(case, "case.opened", clients=clients) for case in cases_with_ids(case_ids)])


@receiver(case_decided, dispatch_uid="notifications.on_case_decided")
def on_case_decided(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    """Programs hear that a case they submitted was decided, and nothing of how; of a report, not even that."""
    case = case_with_id(case_id)
    if not is_concealed(case, Uninformed()):
        tell(_about(case, "case.decided", str(case.version)))


@receiver(case_assigned, dispatch_uid="notifications.on_case_assigned")
def on_case_assigned(sender: Any, case_id: UUID, person_id: UUID, **kwargs: Any) -> None:
    case = case_with_id(case_id)
    tell(_about(case, "case.assigned", str(case.version)), concerned=_people(person_id))


@receiver(case_escalated, dispatch_uid="notifications.on_case_escalated")
def on_case_escalated(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    case = case_with_id(case_id)
    tell(_about(case, "case.escalated", str(case.version)), concerned=people_who_may(Permission.DECISION_APPROVE))


@receiver(case_changed, dispatch_uid="notifications.on_proposal")
def on_proposal(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    """Asks those who may approve, once for each approval that the case waits for."""
    proposal = waiting_proposal(case_id)
    if proposal is None:
        return
    asked = _about(case_with_id(case_id), "case.approval_asked", f"{proposal.pk}:{proposal.endorsed_by_id or ''}")
    eyes = [proposal.proposed_by_id, proposal.endorsed_by_id]
    may = Permission.FILING_VIEW if proposal.kind == DecisionKind.FILE_SAR else Permission.DECISION_APPROVE
    tell(asked, concerned=people_who_may(may), besides=eyes)


@receiver(proposal_returned, dispatch_uid="notifications.on_proposal_returned")
def on_proposal_returned(sender: Any, case_id: UUID, decision_id: UUID, person_id: UUID, **kwargs: Any) -> None:
    tell(_about(case_with_id(case_id), "case.returned", str(decision_id)), concerned=_people(person_id))


@receiver(people_mentioned, dispatch_uid="notifications.on_people_mentioned")
def on_people_mentioned(sender: Any, case_id: UUID, comment_id: UUID, person_ids: list[UUID], **kwargs: Any) -> None:
    """Tells those whom a comment names; what it says stays on the case."""
    told = _about(case_with_id(case_id), "case.mentioned", str(comment_id), place="#comments")
    tell(told, concerned=_people(*person_ids))


@receiver([rfi_sent, rfi_reminded], dispatch_uid="notifications.on_rfi")
def on_rfi(sender: Any, signal: Signal, request_id: UUID, **kwargs: Any) -> None:
    """Writes to the customer, where mail is set up; the payload is an id, the address is read when it is sent."""
    if settings.EMAIL_HOST:
        event = "rfi-sent" if signal is rfi_sent else "rfi-reminded"
        put(channel="email", event=event, payload={"rfi": str(request_id)})


@receiver(rfi_closed, dispatch_uid="notifications.on_rfi_closed")
def on_rfi_closed(sender: Any, request_id: UUID, **kwargs: Any) -> None:
    """Tells the officer that the case goes on."""
    request = request_with_id(request_id)
    state = {"id": str(request.pk), "state": request.get_state_display().lower()}
    person = request.case.assignee or request.requested_by
    tell(_about(case_with_id(request.case_id), "request.closed", str(request.pk), request=state), concerned=[person])


@receiver(step_dead, dispatch_uid="notifications.on_step_dead")
def on_step_dead(sender: Any, run_id: UUID, step_id: UUID, **kwargs: Any) -> None:
    """Tells those who operate runs that one stopped."""
    run = run_for(run_id)
    about = {"run": {"id": str(run.pk), "workflow": run.version.workflow.name}}
    attempt = run.steps.get(pk=step_id).attempt
    path = reverse("workflows:run_detail", args=[run.pk])
    tell(Told("run.step_failed", path, f"run.step_failed:{step_id}:{attempt}", about))


@receiver([work_progressed, work_ended], dispatch_uid="notifications.on_work")
def on_work(sender: Any, work_id: UUID, **kwargs: Any) -> None:
    put(channel="live", event="work-moved", payload={"work": str(work_id)})


@receiver(work_ended, dispatch_uid="notifications.on_work_ended")
def on_work_ended(sender: Any, work_id: UUID, **kwargs: Any) -> None:
    """Tells who started it, where a person did. Its title may name a file, so it stays in the product."""
    work = work_with_id(work_id)
    state = work.get_state_display()
    about = {"work": {"id": str(work.pk), "kind": work.kind, "state": state.lower()}}
    told = Told("work.ended", reverse("workflows:work_detail", args=[work_id]), f"work.ended:{work_id}", about,
                inside=(work.title, state))  # fmt: skip
    tell(told, concerned=people_with_keys([work.started_by_key]))


@receiver([list_needs_approval, list_fetch_failed], dispatch_uid="notifications.on_list")
def on_list(sender: Any, signal: Signal, watchlist_id: UUID, **kwargs: Any) -> None:
    """Tells those who keep lists that a version waits, or that one could not be fetched."""
    watchlist = watchlist_for(watchlist_id)
    event = "list.needs_approval" if signal is list_needs_approval else "list.fetch_failed"
    about = {"list": {"id": str(watchlist.pk), "name": watchlist.name}}
    tell(Told(event, reverse("screening:list_detail", args=[watchlist.pk]), f"{event}:{new_id()}", about))


@receiver(integrity_alarm, dispatch_uid="notifications.on_integrity_alarm")
def on_integrity_alarm(sender: Any, alarm_id: int, **kwargs: Any) -> None:
    """Tells those who verify the record that something about it is wrong."""
    tell(Told("record.alarm", reverse("audit:integrity"), f"record.alarm:{alarm_id}"))


@receiver(role_proposed, dispatch_uid="notifications.on_role_proposed")
def on_role_proposed(sender: Any, version_id: UUID, **kwargs: Any) -> None:
    """Tells those who approve roles that one waits."""
    tell(Told("role.proposed", reverse("accounts:role_list"), f"role.proposed:{version_id}"))


@receiver(sign_in_locked, dispatch_uid="notifications.on_sign_in_locked")
def on_sign_in_locked(sender: Any, tally_id: int, **kwargs: Any) -> None:
    """Tells those who keep people that guessing was stopped; who is meant stands on the page."""
    tell(Told("sign_in.locked", reverse("accounts:sign_in_policy"), f"sign_in.locked:{tally_id}:{new_id()}"))


@receiver(last_administrator_kept, dispatch_uid="notifications.on_last_administrator_kept")
def on_last_administrator_kept(sender: Any, person_id: UUID, **kwargs: Any) -> None:
    """Tells those who keep people that the organisation's groups are not followed for one of them, once a day."""
    told = f"role.last_kept:{person_id}:{today()}"
    tell(Told("role.last_kept", reverse("accounts:person_list"), told))


@receiver(user_logged_in, dispatch_uid="notifications.on_sign_in")
def on_sign_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """The person's language and time zone go into the new session; who never chose keeps what the browser says."""
    wish = chosen_preferences(user)
    if request is not None and wish is not None:
        remember_choice(request, language=wish.language, time_zone=wish.time_zone)


def _about(
    case: Case, event: str, once: str = "", place: str = "", clients: Mapping[UUID, UUID | None] | None = None,
    **more: object,
) -> Told:  # fmt: skip
    """An event about a case: its number and link, nothing else of it. `clients` are those who submitted, where known."""
    data = {"case": {"id": str(case.pk), "number": case.number}, **more}
    path = reverse("cases:case_detail", args=[case.pk]) + place
    client = (clients_of_cases([case.pk]) if clients is None else clients).get(case.pk)
    return Told(event, path, f"{event}:{case.pk}:{once}", data, queue_id=case.queue_id, client_id=client)


def _people(*keys: UUID) -> list[User]:
    return list(people_with_keys(str(key) for key in keys))
