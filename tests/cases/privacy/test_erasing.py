"""Erasing: nothing of a person is left in any table or file, and the record still verifies."""

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from django.apps import apps

from accounts.enums import Role
from audit.models import AuditEntry, SubjectKey
from audit.selectors import unsealed_for
from audit.services import place_pending, verify_record
from cases.filings.models import Filing
from cases.models import Case, Comment
from cases.privacy.enums import RequestKind, RequestState
from cases.privacy.exceptions import ErasureBarred, RecorderCannotApprove
from cases.privacy.models import PrivacyRequest
from cases.privacy.pack import access_pack
from cases.privacy.selectors import obstacles
from cases.privacy.services import (
    approve_erasure,
    find_ended_retention,
    lift_hold,
    place_hold,
    publish_retention_policy,
    record_request,
)
from cases.rfi.models import RfiRequest
from cases.rfi.services import NewItem, answer_question, request_information
from cases.search.engines import match_whole
from cases.search.words import wanted
from cases.services import claim_case, comment_on_case, need_person
from core.clock import now
from customers.enums import CustomerStatus
from customers.models import Customer, PartyLinkKey
from customers.services import erase_customer, set_customer_status
from customers.shapes import NewAddress, NewIdentifier
from documents.store import path_of
from monitoring.models import BlindItem
from screening.models import Hit, ListEntry
from screening.services import screen_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case, make_list
from tests.factories.customers import make_customer
from tests.factories.documents import make_read_document
from tests.factories.filings import make_filing
from tests.factories.monitoring import SYSTEM, make_alert
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
MARKERS = (
    "Quillfeather",
    "1977-03-09",
    "Marmalade Lane",
    "X9Q-77-ZK",
    "quill@example.org",
    "zebra invoice",
    "smelled of ink",
)


def known_customer(tmp_path: Path) -> Case:
    """A case of a customer of whom every app knows something."""
    case = make_case(
        name="Ottoline Quillfeather", birth_date=date(1977, 3, 9), email="quill@example.org",
        addresses=(NewAddress("GB", "7 Marmalade Lane"),), identifiers=(NewIdentifier("passport", "X9Q-77-ZK"),),
    )  # fmt: skip
    make_list(tmp_path, "Ottoline Quillfeather")
    screen_customer(customer=case.customer, by=SYSTEM)
    make_read_document(case.customer)
    alert = make_alert(case.customer, reference="zebra invoice", counterparty_name="Ottoline Quillfeather")
    finding = alert.findings.get()
    BlindItem.objects.create(
        scenario=alert.scenario, version=finding.version, customer=case.customer, transaction=finding.transaction, control=alert,
        raised=alert, sentence="A zebra invoice", trace=finding.trace,
    )  # fmt: skip
    officer = make_person()
    need_person(case=case, code="t", sentence="Quillfeather was found", source_type="t", source_id=1)
    claim_case(case_id=case.pk, by=officer.actor)
    comment_on_case(case_id=case.pk, text="Her passport smelled of ink.", by=officer.actor)
    asked = request_information(
        case_id=case.pk, items=[NewItem("question", "Who is quill@example.org?")], by=officer.actor
    )
    answer_question(item=asked.items.get(), text="That is Quillfeather, 7 Marmalade Lane.")
    make_filing(case)
    return case


def _end(case: Case, years: int = 6) -> Customer:
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=now())
    set_customer_status(customer=case.customer, status=CustomerStatus.EXITED, by=SYSTEM)
    Customer.objects.filter(pk=case.customer_id).update(relationship_ended_at=now() - relativedelta(years=years))
    return Customer.objects.get(pk=case.customer_id)


def _tables_with(marker: str) -> list[str]:
    found = []
    for model in set(apps.get_models(include_auto_created=True)) - {ListEntry}:  # a published list is nobody's customer
        for row in model.objects.values():
            told = " ".join(
                bytes(v).decode("utf-8", "ignore") if isinstance(v, bytes | memoryview) else str(v)
                for v in row.values()
            )
            if marker.lower() in told.lower():
                found.append(model._meta.label)
    return found


def test_nothing_of_a_person_is_left_in_any_table_and_the_record_still_verifies(tmp_path: Path) -> None:
    case = known_customer(tmp_path)
    customer = _end(case)
    assert [marker for marker in MARKERS if not _tables_with(marker)] == []
    assert Hit.objects.exists()
    assert len(match_whole(wanted("X9Q-77-ZK"))) == 1
    counts = erase_customer(customer_id=customer.pk, reason="test", by=SYSTEM)
    assert {marker: _tables_with(marker) for marker in MARKERS} == {marker: [] for marker in MARKERS}
    assert (counts["documents"], counts["hits"], counts["alerts"], counts["transactions"]) == (1, 1, 1, 1)
    assert not PartyLinkKey.objects.filter(party=customer.party).exists()
    assert match_whole(wanted("X9Q-77-ZK")) == match_whole(wanted("quill@example.org")) == []
    place_pending()
    assert verify_record().faults == []


def test_what_the_record_sealed_can_no_longer_be_read() -> None:
    case = make_case()
    customer = _end(case)
    entry = AuditEntry.objects.filter(action="customers.customer_registered").get()
    sealed = json.loads(bytes(entry.body))["personal"]
    assert unsealed_for(customer.pk, sealed) is not None
    erase_customer(customer_id=customer.pk, reason="test", by=SYSTEM)
    assert unsealed_for(customer.pk, sealed) is None
    assert SubjectKey.objects.get(pk=customer.pk).wrapped is None


def test_a_file_that_another_customer_sent_too_stays(django_capture_on_commit_callbacks: object) -> None:
    case = make_case()
    shared = make_read_document(case.customer)
    kept = make_read_document(make_customer(name="Somebody Else"))
    customer = _end(case)
    image = kept.pages.get().image_sha256
    with django_capture_on_commit_callbacks(execute=True):
        erase_customer(customer_id=customer.pk, reason="test", by=SYSTEM)
    assert (path_of(shared.sha256).exists(), path_of(kept.sha256).exists(), path_of(image).exists()) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("barred", "told"),
    [
        ("active", "has not ended"),
        ("recent", "must be kept until"),
        ("held", "legal hold"),
        ("open", "case is not closed"),
    ],
)
def test_what_stands_in_the_way_is_named(barred: str, told: str) -> None:
    case, reviewer = make_case(), make_person(Role.REVIEWER)
    if barred != "active":
        _end(case, years=1 if barred == "recent" else 6)
    if barred == "held":
        place_hold(customer_id=case.customer_id, reason="Court order", until=None, by=reviewer.actor)
    if barred == "open":
        Case.objects.filter(pk=case.pk).update(status="in_review", closed_at=None)
    row = record_request(
        customer_id=case.customer_id, kind=RequestKind.ERASURE, received_on=now().date(), by=reviewer.actor
    )
    with pytest.raises(ErasureBarred) as refused:
        approve_erasure(request_id=row.pk, version=row.version, by=make_person(Role.MLRO).actor)
    assert told in " ".join(fault.message for fault in refused.value.faults)


def test_a_report_filed_lately_keeps_everything_and_is_not_named() -> None:
    case = make_case()
    filing = make_filing(case)
    Filing.objects.filter(pk=filing.pk).update(filed_on=now().date() - timedelta(days=400))
    told = [item for item in obstacles(_end(case)) if "duty to keep records" in item.sentence]
    assert len(told) == 1
    assert not told[0].told


def test_who_recorded_the_request_cannot_approve_it() -> None:
    customer, reviewer = _end(make_case()), make_person(Role.REVIEWER)
    row = record_request(customer_id=customer.pk, kind=RequestKind.ERASURE, received_on=now().date(), by=reviewer.actor)
    with pytest.raises(RecorderCannotApprove):
        approve_erasure(request_id=row.pk, version=row.version, by=reviewer.actor)


def test_an_approved_erasure_is_carried_out_by_a_worker_and_counted() -> None:
    customer = _end(make_case())
    row = record_request(
        customer_id=customer.pk, kind=RequestKind.ERASURE, received_on=now().date(), by=make_person(Role.REVIEWER).actor
    )
    assert row.due_on == now().date() + relativedelta(months=1)
    approve_erasure(request_id=row.pk, version=row.version, by=make_person(Role.MLRO).actor)
    run_work(LongWork.objects.get().pk)
    row.refresh_from_db()
    customer.refresh_from_db()
    assert (row.state, customer.party.name, row.counts["cases"]) == (RequestState.DONE, "Erased", 1)


def test_a_hold_placed_meanwhile_stops_the_worker_and_the_request_is_open_again() -> None:
    customer = _end(make_case())
    row = record_request(
        customer_id=customer.pk, kind=RequestKind.ERASURE, received_on=now().date(), by=make_person(Role.REVIEWER).actor
    )
    approve_erasure(request_id=row.pk, version=row.version, by=make_person(Role.MLRO).actor)
    place_hold(customer_id=customer.pk, reason="Court order", until=None, by=make_person(Role.MLRO).actor)
    run_work(LongWork.objects.get().pk)
    row.refresh_from_db()
    assert (row.state, LongWork.objects.get().state) == (RequestState.OPEN, "failed")


def test_people_are_asked_once_when_the_time_to_keep_has_run_out() -> None:
    due, held = _end(make_case()), _end(make_case())
    _end(make_case(), years=4)
    hold = place_hold(customer_id=held.pk, reason="Court order", until=None, by=make_person(Role.MLRO).actor)
    find_ended_retention()
    find_ended_retention()
    assert list(PrivacyRequest.objects.values_list("customer", "kind")) == [(due.pk, "retention")]
    lift_hold(hold_id=hold.pk, version=hold.version, reason="The court has decided.", by=make_person(Role.MLRO).actor)
    publish_retention_policy(exited_years=3, rejected_years=3, by=make_person(Role.ADMINISTRATOR).actor)
    find_ended_retention()
    assert PrivacyRequest.objects.count() == 3


def test_the_access_pack_holds_what_is_theirs_and_nothing_that_is_held_against_them(tmp_path: Path) -> None:
    case = known_customer(tmp_path)
    archive, files = access_pack(case.customer_id)
    with archive, zipfile.ZipFile(archive) as packed:
        told = packed.read("data.json").decode()
        names = packed.namelist()
    assert (files, len([name for name in names if name.startswith("documents/")])) == (1, 1)
    assert [word for word in ("zebra invoice", "Marmalade Lane") if word not in told] == []
    assert not [word for word in ("smelled of ink", "hits", "alert", "rationale", "was found") if word in told]


def test_a_request_is_due_a_month_after_it_came() -> None:
    customer = make_customer()
    came = now().date() - timedelta(days=10)
    row = record_request(
        customer_id=customer.pk, kind=RequestKind.ACCESS, received_on=came, by=make_person(Role.REVIEWER).actor
    )
    assert row.due_on == came + relativedelta(months=1)
    assert Comment.objects.count() == RfiRequest.objects.count() == 0
