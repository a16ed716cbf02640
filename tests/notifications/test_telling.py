"""Who hears what: rules, preferences, conditions, what never leaves the product."""

import json
from datetime import datetime, time, timedelta, timezone
from typing import Any

import pytest
from pytest_django import Settings

from accounts.enums import Role
from audit.models import AuditEntry
from cases.models import Case
from cases.services import (
    assign_case,
    claim_case,
    comment_on_case,
    escalate_case,
    need_person,
    propose_decision,
    return_decision,
)
from core.clock import now
from core.exceptions import InvalidInput
from notifications.events import EVENTS, sample_data, subscribable
from notifications.hours import held_until
from notifications.models import Condition, Notification, Outbox, Preferences
from notifications.selectors.outbox import deliveries
from notifications.selectors.parcels import parcel_for
from notifications.services import (
    Told,
    publish_text,
    save_preferences,
    save_rule,
    tell,
    watch_deadlines,
    watch_screening,
)
from notifications.texts import faults_of, fill, languages, shipped
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_case, make_list, make_submission
from tests.factories.notifications import make_destination

pytestmark = pytest.mark.django_db
MARKERS = ("Zebulon", "Quillfeather", "very-private-rationale", "file_sar", "suspicious", "SAR")


def _in_queue(**party: Any) -> Case:
    case = make_case(**party)
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    return case


def _texts(person: object) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("created_at").values_list("text", flat=True))


def test_a_proposal_tells_those_who_may_approve_once_and_not_the_proposer() -> None:
    reviewer, other = make_person(Role.REVIEWER), make_person(Role.MLRO)
    case = _in_queue()
    claim_case(case_id=case.pk, by=reviewer.actor)
    told = {"kind": "reject", "reason_code": "sanctioned", "rationale": "for a good reason"}
    decision = propose_decision(case_id=case.pk, **told, by=reviewer.actor)
    comment_on_case(case_id=case.pk, text="one more thing", by=other.actor)
    assert {item.person for item in Notification.objects.all()} == {other}
    assert _texts(other) == [f"{case.number} waits for your approval"]
    return_decision(decision_id=decision.pk, note="not yet", by=other.actor)
    assert _texts(reviewer) == [f"Your proposal for {case.number} was returned"]


def test_who_is_given_a_case_hears_of_it_and_who_takes_one_does_not() -> None:
    lead, analyst = make_person(Role.REVIEWER), make_person()
    case = _in_queue()
    assign_case(case_id=case.pk, assignee=analyst, by=lead.actor)
    assign_case(case_id=case.pk, assignee=lead, by=lead.actor)
    assert (_texts(analyst), _texts(lead)) == ([f"{case.number} is assigned to you"], [])


def test_an_escalation_tells_those_who_may_approve() -> None:
    analyst, reviewer = make_person(), make_person(Role.REVIEWER)
    case = _in_queue()
    claim_case(case_id=case.pk, by=analyst.actor)
    escalate_case(case_id=case.pk, reason="too big for me", by=analyst.actor)
    assert _texts(reviewer) == [f"{case.number} was escalated"]


def test_a_deadline_is_told_once_near_and_once_passed_and_ends_with_the_case() -> None:
    analyst, case = make_person(), _in_queue()
    claim_case(case_id=case.pk, by=analyst.actor)
    Case.objects.filter(pk=case.pk).update(due_at=now() + timedelta(hours=1), clock_start=0, clock_due=10**9)
    watch_deadlines()
    assert _texts(analyst) == []
    used = Case.objects.get(pk=case.pk)
    from cases.selectors import blueprints_in_force

    at = blueprints_in_force().calendar_of(used.queue).minutes_at(now())
    Case.objects.filter(pk=case.pk).update(clock_start=at - 80, clock_due=at + 20)
    watch_deadlines()
    watch_deadlines()
    assert _texts(analyst) == [f"The deadline of {case.number} is near"]
    Case.objects.filter(pk=case.pk).update(due_at=now() - timedelta(minutes=1))
    watch_deadlines()
    watch_deadlines()
    assert _texts(analyst)[1:] == [f"The deadline of {case.number} has passed"]
    Case.objects.filter(pk=case.pk).update(due_at=now() + timedelta(days=9))
    watch_deadlines()
    assert Condition.objects.get(event="sla.breached").ended_at


def test_stale_lists_and_customers_left_unscreened_are_told_to_who_keeps_them(tmp_path: Any) -> None:
    from customers.models import Customer, Party
    from screening.models import ListSource, ListVersion

    administrator = make_person(Role.ADMINISTRATOR)
    version = make_list(tmp_path, "Somebody Else")
    make_case()
    watch_screening()
    assert _texts(administrator) == []
    long_ago = now() - timedelta(days=2)
    ListVersion.objects.update(activated_at=long_ago)
    Customer.objects.update(created_at=long_ago)
    Party.objects.update(updated_at=long_ago)
    ListSource.objects.create(
        watchlist=version.watchlist, location="https://lists.example/", next_fetch_at=now(), failures=1
    )
    watch_screening()
    watch_screening()
    assert sorted(_texts(administrator)) == ["1 customers are not screened against every list", "Test list is stale"]


def test_rules_turn_events_off_and_add_roles_who_may_open_what_they_lead_to() -> None:
    by, auditor = make_person(Role.ADMINISTRATOR), make_person(Role.AUDITOR)
    make_person()
    save_rule(event="channel.disabled", is_on=True, roles=["auditor", "analyst"], by=by.actor)
    tell(Told("channel.disabled", "/", "one", sample_data(EVENTS["channel.disabled"])))
    assert [row.person for row in Notification.objects.all()] == [auditor]
    save_rule(event="channel.disabled", is_on=False, roles=[], by=by.actor)
    tell(Told("channel.disabled", "/", "two", sample_data(EVENTS["channel.disabled"])))
    assert Notification.objects.count() == 1
    assert AuditEntry.objects.filter(action="notifications.rule_saved").count() == 2


def test_a_destination_hears_of_its_queues_and_a_program_of_what_it_sent(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    mine, other = make_api_client(), make_api_client()
    for client in (mine, other):
        make_destination("webhook", "http://127.0.0.1/", "case.opened", by=client.actor)
    submission = make_submission(mine)
    told = Outbox.objects.get(channel="webhook")
    assert told.destination.client == mine
    assert told.payload["data"] == {"case": {"id": str(submission.case.pk), "number": submission.case.number}}
    queue = submission.case.queue
    room, _ = make_destination("slack", "http://127.0.0.1/", "case.escalated", queue_ids=[str(queue.pk)])
    for key, place in (("a", queue.pk), ("b", other.pk)):
        tell(Told("case.escalated", "/", key, sample_data(EVENTS["case.escalated"]), queue_id=place))
    assert Outbox.objects.filter(destination=room).count() == 1


def test_nothing_personal_and_nothing_of_a_suspicion_leaves_the_product(settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS, settings.EMAIL_HOST = ["127.0.0.1"], "mail.invalid"
    codes = [event.code for event in subscribable(for_client=False)]
    for kind in ("slack", "teams", "webhook"):
        make_destination(kind, "http://127.0.0.1/", *codes)
    analyst, mlro = make_person(email="ana@example.org"), make_person(Role.MLRO, email="mila@example.org")
    case = _in_queue(name="Zebulon Quillfeather")
    assign_case(case_id=case.pk, assignee=analyst, by=mlro.actor)
    comment_on_case(case_id=case.pk, text=f"@{mlro.username} Zebulon is suspicious", by=analyst.actor)
    told = {"kind": "reject", "reason_code": "sanctioned", "rationale": "very-private-rationale SAR"}
    decision = propose_decision(case_id=case.pk, **told, by=analyst.actor)
    return_decision(decision_id=decision.pk, note="very-private-rationale", by=mlro.actor)
    watch_deadlines()
    rows = list(deliveries())
    assert {"case.opened", "case.assigned", "case.mentioned", "case.approval_asked"} <= {row.event for row in rows}
    for row in rows:
        parcel = parcel_for(row)
        out = json.dumps([row.payload, parcel.title, parcel.text, parcel.html, parcel.key, dict(parcel.data)])
        assert not [marker for marker in MARKERS if marker in out], out


def test_no_event_speaks_of_reports_of_suspicion() -> None:
    words = [f"{shipped(code, language)}".lower() for code in EVENTS for language in languages()]
    schemas = json.dumps([event.payload_schema() for event in EVENTS.values()]).lower()
    assert not [
        text
        for text in [*words, schemas]
        for word in ("sar", "suspici", "verdacht", "decision_kind")
        if f" {word}" in text
    ]


def test_every_language_has_every_text_with_the_same_placeholders() -> None:
    for language in languages():
        for event in EVENTS.values():
            words = shipped(event.code, language)
            assert not faults_of(words.subject + words.body, event.placeholders(), "/"), (language, event.code)


@pytest.mark.parametrize(
    ("subject", "fault"),
    [("{case.nummer}", "is not known here"), ("{case.number", "does not close"), ("{}", "is not known here"),
     ("{case.__class__}", "is not known here"), ("{case[number]}", "is not known here"), ("two\nlines", "one line"), ("", "one line")],
)  # fmt: skip
def test_a_text_that_cannot_be_filled_is_refused_with_a_remedy(subject: str, fault: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        publish_text(event="case.assigned", language="en", subject=subject, body="b", by=make_person().actor)
    assert any(fault in f"{told.message}" for told in raised.value.faults)
    assert "{case.number}" in str(raised.value.faults) or "one line" in fault or "close" in fault


def test_an_edited_text_is_in_force_and_its_versions_stay() -> None:
    by = make_person(Role.ADMINISTRATOR).actor
    for subject in ("One: {case.number}", "Two: {case.number}"):
        publish_text(event="case.assigned", language="en", subject=subject, body="b", by=by)
    person = make_person()
    tell(Told("case.assigned", "/", "k", sample_data(EVENTS["case.assigned"])), concerned=[person])
    assert _texts(person) == ["Two: CASE-000042"]


def test_what_is_muted_is_not_shown_unless_it_is_urgent() -> None:
    person = make_person(Role.REVIEWER)
    Preferences.objects.create(person=person, muted=["case.assigned:product", "case.escalated:product"])
    for code in ("case.assigned", "case.escalated"):
        tell(Told(code, "/", code, sample_data(EVENTS[code])), concerned=[person])
    assert [row.event for row in Notification.objects.filter(is_shown=True)] == ["case.escalated"]


def test_preferences_with_half_of_quiet_hours_are_refused() -> None:
    with pytest.raises(InvalidInput):
        save_preferences(language="en", time_zone="Mars/Olympus", digest="none", digest_hour=8, quiet_from=None,
                         quiet_until=None, muted=[], by=make_person().actor)  # fmt: skip


BERLIN = {"time_zone": "Europe/Berlin", "digest_hour": 8, "digest": "none", "quiet_from": None, "quiet_until": None}
NIGHT = {"quiet_from": time(20), "quiet_until": time(7)}


@pytest.mark.parametrize(
    ("wish", "at", "until"),
    [
        ({}, "2026-06-01T10:00", None),
        (NIGHT, "2026-06-01T10:00", None),
        (NIGHT, "2026-06-01T19:00", "2026-06-02T05:00"),  # 21:00 in Berlin, until 07:00 there
        (NIGHT, "2026-06-01T04:59", "2026-06-01T05:00"),
        (NIGHT, "2026-10-24T23:30", "2026-10-25T06:00"),  # the clocks go back in that night
        ({"digest": "hourly"}, "2026-06-01T10:20", "2026-06-01T11:00"),
        ({"digest": "hourly"} | NIGHT, "2026-06-01T18:20", "2026-06-02T05:00"),
        ({"digest": "daily"}, "2026-06-01T05:00", "2026-06-01T06:00"),
        ({"digest": "daily"}, "2026-06-01T06:00", "2026-06-02T06:00"),
        ({"quiet_from": time(12), "quiet_until": time(13)}, "2026-06-01T10:30", "2026-06-01T11:00"),
    ],
)
def test_mails_are_held_by_the_persons_own_clock(wish: dict[str, Any], at: str, until: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=timezone.utc)
    row = Preferences(**(BERLIN | wish))
    assert held_until(row, moment, urgent=True) is None
    assert held_until(row, moment, urgent=False) == (
        until and datetime.fromisoformat(until).replace(tzinfo=timezone.utc)
    )


def test_states_and_kinds_in_a_message_are_said_in_its_language_and_names_are_not() -> None:
    data = {"work": {"kind": "erasure", "state": "done"}, "channel": {"name": "Done"}}
    assert fill("{work.state} {channel.name}", data, "de") == "Erledigt Done"
    person = make_person()
    Preferences.objects.create(person=person, language="de")
    tell(Told("work.ended", "/", "k", data, inside=("Done", "Failed")), concerned=[person])
    assert _texts(person) == ["Erledigt: Fehlgeschlagen"]
