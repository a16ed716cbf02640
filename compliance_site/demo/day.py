"""What the people of the demonstration have done by the time a visitor looks: every state of a case, through the services."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import structlog

from accounts.models import User
from cases.enums import DecisionKind
from cases.models import Case
from cases.rfi.enums import ItemKind
from cases.rfi.services import NewItem, answer_document, answer_question, request_information
from cases.selectors import missing_for
from cases.services import (
    add_tag,
    approve_decision,
    claim_case,
    comment_on_case,
    escalate_case,
    propose_decision,
    return_decision,
    snooze_case,
    tick_checklist_item,
)
from compliance_site.demo.drafts import draft_summaries
from compliance_site.demo.learning import look_again
from compliance_site.demo.passports import DemoPassport, draw_passport
from compliance_site.demo.reports import draft_report
from core.clock import now, today
from core.exceptions import ProbityError
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.selectors import alerts_for_customer
from monitoring.services import dispose_alert, record_alert_view
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

DEMO_DAY = "demonstration day"
_PATIENCE = 120.0
_log = structlog.get_logger(__name__)


def _person(name: str) -> User:
    return User.objects.get(username=name)


def _claimed(case: Case, name: str) -> Case:
    return claim_case(case_id=case.pk, by=_person(name).actor)


def _proposed(case: Case, kind: DecisionKind, reason: str, rationale: str, name: str) -> Case:
    by = _person(name).actor
    for line in missing_for(case, kind):
        if not line.automatic:
            tick_checklist_item(case_id=case.pk, code=line.code, by=by)
    propose_decision(case_id=case.pk, kind=kind, reason_code=reason, rationale=rationale, by=by)
    return case


def _discuss(case: Case) -> None:
    ana, rui = _person("ana.analyst"), _person("rui.reviewer")
    _claimed(case, ana.username)
    comment_on_case(
        case_id=case.pk, text="No document yet. @rui.reviewer: does the register know her titles?", by=ana.actor
    )
    comment_on_case(case_id=case.pk, text="@ana.analyst The register has only the last two surnames.", by=rui.actor)
    add_tag(case_id=case.pk, name="name to clarify", by=ana.actor)
    draft_summaries(case, ana)


def _escalate(case: Case) -> None:
    _claimed(case, "ana.analyst")
    reason = "The source of wealth needs a decision of the MLRO."
    escalate_case(case_id=case.pk, reason=reason, by=_person("ana.analyst").actor)
    add_tag(case_id=case.pk, name="source of wealth", by=_person("ana.analyst").actor)


def _snooze(case: Case) -> None:
    _claimed(case, "rui.reviewer")
    until = now() + timedelta(days=3)
    snooze_case(
        case_id=case.pk, until=until, reason="The bank's answer comes on Thursday.", by=_person("rui.reviewer").actor
    )


def _await_approval(case: Case) -> None:
    _claimed(case, "ana.analyst")
    told = "No document was sent in spite of two reminders; the identity cannot be established."
    _proposed(case, DecisionKind.REJECT, "identity_not_verified", told, "ana.analyst")


def _report(case: Case) -> None:
    """Structured payments: the alerts are found suspicious, a report is proposed by one and approved by another."""
    rui, mila = _person("rui.reviewer"), _person("mila.mlro")
    _claimed(case, rui.username)
    for alert in alerts_for_customer(case.customer).filter(state="open"):
        record_alert_view(alert=alert, by=rui.actor)
        dispose_alert(
            alert_id=alert.pk, disposition=AlertDisposition.SUSPICIOUS, reason_code=AlertReason.KNOWN_TYPOLOGY,
            rationale="Six payments in as many days, each just below the threshold.", by=rui.actor,
        )  # fmt: skip
    told = "Structured payments from one counterparty without an economic purpose."
    _proposed(case, DecisionKind.FILE_SAR, "suspicious_activity", told, rui.username)
    approve_decision(decision_id=case.decisions.get(state="proposed").pk, note="Agreed.", by=mila.actor)
    draft_report(case, rui.actor)


def _return_and_reject(case: Case) -> None:
    rui, mila = _person("rui.reviewer"), _person("mila.mlro")
    _claimed(case, rui.username)
    _proposed(case, DecisionKind.REJECT, "documents_not_acceptable", "There are no documents.", rui.username)
    note = "Say that he was asked twice; a reader in five years must see it."
    return_decision(decision_id=case.decisions.get(state="proposed").pk, note=note, by=mila.actor)
    told = "Asked on two occasions, the customer sent no document."
    _proposed(case, DecisionKind.REJECT, "documents_not_acceptable", told, rui.username)
    approve_decision(decision_id=case.decisions.get(state="proposed").pk, by=mila.actor)


_ITEMS = (
    NewItem(ItemKind.DOCUMENT, "A copy of your passport: the page with your picture"),
    NewItem(ItemKind.QUESTION, "Where does the money for this account come from?"),
)


def _ask(case: Case) -> None:
    _claimed(case, "ana.analyst")
    request_information(case_id=case.pk, items=_ITEMS, by=_person("ana.analyst").actor)


def _ask_and_answer(case: Case) -> None:
    _claimed(case, "ana.analyst")
    request = request_information(case_id=case.pk, items=_ITEMS, by=_person("ana.analyst").actor)
    document, question = request.items.order_by("position")
    birth = case.customer.party.birth_date or date(1985, 4, 30)
    passport = DemoPassport("WEISS", "TOMAS", "U7700155", birth, today() + timedelta(days=1500), sex="M")
    answer_document(item=document, content=draw_passport(passport), filename="my passport.jpg")
    answer_question(item=question, text="From my bakery in Linz; I have had it since 2011.")


_SCRIPT: dict[str, Callable[[Case], None]] = {
    "DEMO-008": _discuss, "DEMO-009": _escalate, "DEMO-010": _snooze, "DEMO-011": _await_approval,
    "DEMO-012": _report, "DEMO-013": _return_and_reject, "DEMO-014": _ask, "DEMO-015": _ask_and_answer,
}  # fmt: skip


def play_day(progress: Progress) -> int:
    """Does what the script says as soon as each case waits for a person; how many cases that were.

    What a service refuses is logged and left: the demonstration is then that much poorer.
    """
    played = 0
    for place, (external_id, act) in enumerate(_SCRIPT.items()):
        progress.report(place, len(_SCRIPT), "working cases")
        case = _waiting_case(external_id, progress, place)
        if case is None:
            continue
        try:
            act(case)
            played += 1
        except ProbityError as error:
            _log.warning("demonstration_refused", customer=external_id, reason=error.message)
    progress.report(len(_SCRIPT), len(_SCRIPT), "working cases")
    return played


def _waiting_case(external_id: str, progress: Progress, place: int) -> Case | None:
    """The customer's case once it waits for a person; None where it does not within two minutes."""
    deadline = time.monotonic() + _PATIENCE
    rows = Case.objects.select_related("customer__party").filter(customer__external_id=external_id)
    while time.monotonic() < deadline:
        case = rows.filter(needs_person_since__isnull=False, status="new").first()
        if case is not None:
            return case
        progress.report(place, len(_SCRIPT), "waiting for the workers")
        time.sleep(0.5)
    return None


def _work(context: WorkContext, progress: Progress) -> WorkResult:
    return WorkResult({"cases worked": play_day(progress), "looked at again": look_again()}, "/cases/")


register_work(WorkKind(DEMO_DAY, _work, "The cases that are worked by now stay as they are."))
