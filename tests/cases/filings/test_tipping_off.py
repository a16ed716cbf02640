"""Nobody without the permission learns that a report exists: every URL, search, counts, notices, packs, the record."""

import json
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from accounts.enums import Role
from accounts.models import User
from audit.services import place_pending
from cases import selectors, services
from cases.enums import CaseStatus, DecisionKind
from cases.exceptions import TransitionNotPossible
from cases.filings import services as filings
from cases.models import Case
from cases.selectors import Uninformed
from core.actor import system_actor
from core.clock import now, today
from core.exceptions import NotFound
from notifications.models import Notification, Outbox
from reporting.evidence.scope import scope_of_case, scope_of_customer, scope_of_period
from reporting.metrics import METRICS, Scope
from reporting.services import make_evidence
from tests.factories.accounts import make_api_key, make_person
from tests.factories.cases import make_case
from tests.factories.filings import STORY, make_filing
from tests.factories.monitoring import make_alert
from tests.test_url_map import VIEWS

pytestmark = pytest.mark.django_db
MARK = "zqx-planted-marker"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def reported() -> Case:
    """A case whose report of suspicion was proposed, approved, drafted and commented on, with a marker everywhere."""
    made = make_case()
    make_alert(made.customer)
    services.need_person(case=made, code="test", sentence="a test", source_type="test", source_id=1)
    reviewer, mlro = make_person(Role.REVIEWER), make_person(Role.MLRO)
    services.claim_case(case_id=made.pk, by=reviewer.actor)
    for line in selectors.checklist_for_case(made):
        if not line.automatic:
            services.tick_checklist_item(case_id=made.pk, code=line.code, done=True, by=reviewer.actor)
    decision = services.propose_decision(
        case_id=made.pk, kind=DecisionKind.FILE_SAR, reason_code="suspicious_activity", rationale=f"{MARK} rationale",
        by=reviewer.actor,
    )  # fmt: skip
    services.comment_on_case(case_id=made.pk, text=f"{MARK} comment", by=reviewer.actor)
    services.approve_decision(decision_id=decision.pk, note=f"{MARK} note", by=mlro.actor)
    filing = make_filing(made, narrative={"text": f"{MARK} {STORY * 4}"})
    filings.review_filing(filing_id=filing.pk, by=make_person(Role.MLRO).actor)
    filings.return_filing(filing_id=filing.pk, reason=f"{MARK} reason", by=mlro.actor)
    return Case.objects.get(pk=made.pk)


def _addresses(case: Case) -> Iterator[str]:
    """Every address of the URL map, with the keys of everything that belongs to the case in the places of ids."""
    filing, decision, alert = case.filings.get(), case.decisions.get(), case.customer.alerts.get()
    keys = [case.pk, filing.pk, decision.pk, alert.pk, case.customer_id, case.submission.pk]
    words = {"<str:stream>": f"case:{case.number}", "<path:stream>": f"case:{case.number}", "<slug:section>": "narrative",
             "<int:place>": "0", "<str:object_type>": "case", "<slug:object_type>": "case", "<slug:code>": "reviewers",
             "<str:subject_type>": "case", "<slug:kind>": "priority"}  # fmt: skip
    for path in VIEWS:
        for word, value in words.items():
            path = path.replace(word, value)  # noqa: PLW2901 - filled in step by step
        ids = [part for part in path.split("/") if part.startswith("<")]
        if len(ids) != 1:
            yield from () if ids else [f"/{path}"]
            continue
        yield from (f"/{path.replace(ids[0], str(key))}" for key in keys)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_no_address_tells_a_person_without_the_permission(reported: Case, role: Role, client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(make_person(role))
    secrets = [MARK, reported.filings.get().number, "drafted the report", "decided by", "approved “file_sar”"]
    for address in _addresses(reported):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = [secret for secret in secrets if secret.encode() in body]
        assert not found, f"{address} tells {found}"


WRITTEN = {
    "reason": "a reason that is long enough", "text": "words", "note": "words", "rationale": "a rationale, long enough",
    "kind": "approve", "reason_code": "verified", "code": "x", "until": "2030-01-01", "done": "on", "version": "1",
}  # fmt: skip


def _writes(key: object, number: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every address that takes one key, with every verb that writes: with nothing said, then with likely words."""
    for path in VIEWS:
        ids = [part for part in path.split("/") if part.startswith("<")]
        if len(ids) == 1 and ids[0].startswith(("<uuid:", "<str:number")):
            address = f"/{path.replace(ids[0], number if 'number' in ids[0] else str(key))}"
            for verb in ("post", "put", "patch", "delete") if path.startswith("api/") else ("post",):
                yield from ((verb, address, said) for said in ({}, WRITTEN))


def _answers(client: Client, key: object, number: str, **more: Any) -> list[tuple[str, int, str]]:
    """What each write is answered, with the case's own names and the keys of what is made taken out."""
    told = []
    for verb, address, said in _writes(key, number):
        answer = getattr(client, verb)(
            address, said, **more, **({"content_type": "application/json"} if verb != "post" else {})
        )
        told.append((f"{verb} {address}".replace(str(key), "KEY").replace(number, "KEY"), answer.status_code,
                     _ID.sub("KEY", answer.headers.get("Location", ""))))  # fmt: skip
    return told


def test_a_report_takes_writes_like_one_that_does_not_exist(reported: Case, client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(make_person(Role.ANALYST))
    filing = reported.filings.get()
    told, expected = (_answers(client, key, "none") for key in (filing.pk, uuid4()))
    assert [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]] == []


def test_no_write_is_answered_otherwise_than_on_a_case_without_a_report(reported: Case, client: Client) -> None:
    """The same writes in the same order, on the reported case and on one that its reviewer only works on."""
    client.raise_request_exception = False
    client.force_login(make_person(Role.ANALYST))
    plain = make_case()
    make_alert(plain.customer)
    services.need_person(case=plain, code="test", sentence="a test", source_type="test", source_id=1)
    reviewer = User.objects.get(pk=reported.assignee_id)
    services.claim_case(case_id=plain.pk, by=reviewer.actor)
    told, expected = (_answers(client, one.pk, one.number) for one in (reported, plain))
    assert [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]] == []


def test_an_administrator_assigns_a_reported_case_like_any_other(reported: Case) -> None:
    somebody = make_person(Role.ANALYST)
    services.assign_case(case_id=reported.pk, assignee=somebody, by=make_person(Role.ADMINISTRATOR).actor)
    reported.refresh_from_db()
    assert (reported.assignee, reported.status) == (somebody, CaseStatus.CLOSED)
    with pytest.raises(TransitionNotPossible):
        services.assign_case(case_id=reported.pk, assignee=somebody, by=make_person(Role.MLRO).actor)


def test_an_api_clients_writes_tell_no_report(reported: Case, client: Client) -> None:
    client.raise_request_exception = False
    _, key = make_api_key()
    plain = make_case()
    more = {"headers": {"authorization": f"Bearer {key}"}}
    told, expected = (
        [line for line in _answers(client, one.pk, one.number, **more) if "/api/" in line[0]]
        for one in (reported, plain)
    )
    assert [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]] == []


def test_the_walk_sees_the_marker_where_somebody_may_know(reported: Case, client: Client) -> None:
    client.force_login(make_person(Role.MLRO))
    told = [
        client.get(address).content
        for address in (f"/cases/{reported.pk}/", f"/filings/{reported.filings.get().pk}/", "/filings/")
    ]
    assert all(secret.encode() in body for secret, body in zip([MARK, MARK, "REPORT-"], told, strict=True))


def test_an_api_client_learns_nothing(reported: Case, client: Client) -> None:
    _, key = make_api_key()
    for address in _addresses(reported):
        if address.startswith("/api/"):
            assert MARK.encode() not in client.get(address, headers={"authorization": f"Bearer {key}"}).content


def test_the_case_stands_still_for_whoever_may_not_know(reported: Case) -> None:
    analyst, mlro = make_person(Role.ANALYST), make_person(Role.MLRO)
    assert selectors.case_for(mlro, reported.pk).status == CaseStatus.CLOSED
    shown = selectors.case_for(analyst, reported.pk)
    assert (shown.status, shown.closed_at, selectors.allowed_verbs(shown, analyst)) == (
        CaseStatus.IN_REVIEW,
        None,
        set(),
    )
    with pytest.raises(ValueError, match="never written"):
        shown.save()
    with pytest.raises(TransitionNotPossible, match="Somebody else works on this case"):
        services.snooze_case(case_id=reported.pk, until=now() + timedelta(1), reason="later", by=analyst.actor)


def test_lists_counts_and_dashboards_leave_the_case_out(reported: Case) -> None:
    analyst, mlro = make_person(Role.ANALYST), make_person(Role.MLRO)
    assert [selectors.queue_cases(person, {"view": "closed"}).count() for person in (analyst, mlro)] == [0, 1]
    closed = [
        {line.title: line.count for line in selectors.rail_for(person).views}["Closed"] for person in (analyst, mlro)
    ]
    assert closed == [0, 1]
    told = [METRICS["throughput"].compute(Scope(person)).rows[-1][2] for person in (analyst, mlro)]
    assert told == [0, 1]
    assert not selectors.cases_visible_to(analyst).filter(pk=reported.pk).exists()


def test_whoever_proposed_the_report_knows_of_the_decision_but_not_of_the_filing() -> None:
    analyst, case = make_person(Role.ANALYST), make_case()
    services.need_person(case=case, code="test", sentence="a test", source_type="test", source_id=1)
    services.claim_case(case_id=case.pk, by=analyst.actor)
    for line in selectors.checklist_for_case(case):
        if not line.automatic:
            services.tick_checklist_item(case_id=case.pk, code=line.code, done=True, by=analyst.actor)
    services.propose_decision(case_id=case.pk, kind=DecisionKind.FILE_SAR, reason_code="suspicious_activity",
                              rationale="It is odd altogether.", by=analyst.actor)  # fmt: skip
    filing = make_filing(case)
    assert selectors.case_for(analyst, case.pk).status == CaseStatus.PROPOSED
    assert [row.kind for row in selectors.decisions_shown(case, analyst)] == [DecisionKind.FILE_SAR]
    with pytest.raises(NotFound):
        _read_filing(analyst, filing.pk)


def _read_filing(person: User, pk: object) -> object:
    from cases.filings.selectors import filing_for

    return filing_for(person, pk)


def test_a_returned_proposal_shows_the_case_again_and_never_the_proposal() -> None:
    reviewer, case = make_person(Role.REVIEWER), make_case()
    services.need_person(case=case, code="test", sentence="a test", source_type="test", source_id=1)
    services.claim_case(case_id=case.pk, by=reviewer.actor)
    for line in selectors.checklist_for_case(case):
        if not line.automatic:
            services.tick_checklist_item(case_id=case.pk, code=line.code, done=True, by=reviewer.actor)
    decision = services.propose_decision(case_id=case.pk, kind=DecisionKind.FILE_SAR, reason_code="suspicious_activity",
                                         rationale="It is odd altogether.", by=reviewer.actor)  # fmt: skip
    services.return_decision(decision_id=decision.pk, note="look again", by=make_person(Role.MLRO).actor)
    analyst = make_person(Role.ANALYST)
    case.refresh_from_db()
    assert not selectors.is_concealed(case, analyst)
    assert not selectors.decisions_shown(case, analyst).exists()


def test_notices_and_messages_that_leave_name_no_report(reported: Case) -> None:
    told = [*Notification.objects.values_list("text", "url"), *Outbox.objects.values_list("event", "payload")]
    assert not [row for row in told if MARK in str(row) or "filing" in str(row) or "REPORT-" in str(row)]


def test_packs_that_leave_the_house_end_before_the_suspicion(reported: Case, tmp_path: Path) -> None:
    days = today() - timedelta(1), today() + timedelta(1)
    mlro = make_person(Role.MLRO)
    for scope in (scope_of_case(reported), scope_of_customer(reported.customer), scope_of_period(*days, Uninformed())):
        told = []
        for viewer in (None, mlro):
            place_pending()
            made = make_evidence(scope=scope, path=tmp_path / "pack.zip", by=system_actor("tests"), viewer=viewer)
            told.append(_unpacked(made.path))
        assert [b"REPORT-" in content for content in told] == [False, True]
        for mark in (MARK.encode(), b"file_sar", b"filings.", b"concealed"):
            assert mark not in told[0]


def _unpacked(path: Path) -> bytes:
    """Everything that is readable in a pack: data, the entries' bodies, and the text of the report.

    Without what is on the record of how the product is set up: that reports can be made is no secret.
    """
    with zipfile.ZipFile(path) as pack:
        lines = pack.read("entries.jsonl").splitlines()
        data = [
            pack.read(name)
            for name in pack.namelist()
            if name.endswith((".json", ".jsonl")) and name != "entries.jsonl"
        ]
        report = "".join(page.get_textpage().get_text_range() for page in PdfDocument(pack.read("report.pdf")))
    bodies = [
        body for body in (b64decode(json.loads(line)["body"]) for line in lines) if b'"stream":"config"' not in body
    ]
    return b"".join([*data, *bodies, report.encode()])
