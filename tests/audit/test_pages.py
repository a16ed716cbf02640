"""Pages of the record."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.alarms import raise_alarm
from audit.models import AuditAlarm, AuditEntry
from audit.services import record
from bench.tampering.log_of import log_of
from core.actor import system_actor
from tests.audit.test_record import TRIED
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> AuditEntry:
    with transaction.atomic():
        return record(
            TRIED, by=system_actor("tests"), object_type="thing", object_id="7", after={"thing": "a lock"},
            personal={"name": "Zoë Marker"}, subject_id=uuid4(),
        )  # fmt: skip


def test_entry_list_shows_the_sentence_and_filters(client: Client, entry: AuditEntry) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert "tried a lock" in client.get("/audit/?object_type=thing").content.decode()
    assert "tried a lock" not in client.get("/audit/?object_type=other").content.decode()


def test_the_record_is_filtered_by_person_and_object_without_a_word_of_it_in_the_url(
    client: Client, entry: AuditEntry
) -> None:
    client.force_login(make_person(Role.AUDITOR))
    page = client.get("/audit/").content.decode()
    assert 'method="post"' in page.split("audit-actions")[0]
    assert "tried a lock" in client.post("/audit/", {"actor": "TESTS", "object_id": "7"}).content.decode()
    assert "tried a lock" not in client.post("/audit/", {"actor": "somebody else"}).content.decode()
    assert "tried a lock" in client.get("/audit/?actor=somebody").content.decode()


def test_entry_list_with_a_malformed_date_says_so(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert "Enter a valid date" in client.get("/audit/?since=yesterday").content.decode()


def test_object_panel_hides_personal_data_until_asked(client: Client, entry: AuditEntry) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert "Marker" not in client.get("/audit/objects/thing/7/").content.decode()
    assert "Marker" in client.get("/audit/objects/thing/7/?personal=1").content.decode()
    assert AuditEntry.objects.filter(action="audit.personal_viewed").count() == 1


def test_object_panel_never_shows_personal_data_to_an_analyst(client: Client, entry: AuditEntry) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert "Marker" not in client.get("/audit/objects/thing/7/?personal=1").content.decode()


def test_stream_panel_for_htmx_is_a_fragment(client: Client, entry: AuditEntry) -> None:
    client.force_login(make_person(Role.AUDITOR))
    page = client.get("/audit/streams/thing:7/", headers={"HX-Request": "true"}).content.decode()
    assert "tried a lock" in page
    assert "<html" not in page


def test_entry_list_makes_the_same_queries_for_one_and_many_entries(client: Client, entry: AuditEntry) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(make_person(Role.AUDITOR))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/audit/")
    with transaction.atomic():
        for number in range(3):
            record(TRIED, by=system_actor("tests"), object_type="thing", object_id=number)
    with CaptureQueriesContext(connection) as many:
        client.get("/audit/")
    assert len(many) == len(few)


def test_the_integrity_page_shows_the_tree_its_anchors_and_what_is_wrong(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    log_of(2)
    raise_alarm("verification_failed", "entry 7 of case:1: its bytes are not those that were hashed")
    page = client.get(reverse("audit:integrity")).content.decode()
    assert "probity.local/audit" in page
    assert "entry 7 of case:1" in page
    assert "Verify now" in page


def test_an_alarm_is_cleared_with_what_was_done_and_that_is_recorded(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    raise_alarm("anchor_failed", "file: no space")
    url = reverse("audit:alarm_clear", args=[AuditAlarm.objects.get().pk])
    assert client.post(url, {"resolution": "short"}).status_code == 422
    client.post(url, {"resolution": "the volume was enlarged"})
    assert AuditAlarm.objects.get().resolution == "the volume was enlarged"
    assert AuditEntry.objects.latest("pk").action == "audit.alarm_cleared"
    assert client.post(url, {"resolution": "once more, later"}).status_code == 409


def test_who_keeps_the_installation_does_not_settle_what_the_record_says_of_it(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    raise_alarm("verification_failed", "entry 7 of case:1")
    url = reverse("audit:alarm_clear", args=[AuditAlarm.objects.get().pk])
    assert client.post(url, {"resolution": "nothing to see here"}).status_code == 403


def test_whoever_may_not_verify_starts_no_verification(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.post(reverse("record_verify")).status_code == 403


def test_a_verification_asked_for_is_long_work(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert "/workflows/" in client.post(reverse("record_verify")).headers["Location"]


def test_an_alarm_is_told_to_those_who_verify_the_record(client: Client) -> None:
    auditor = make_person(Role.AUDITOR)
    raise_alarm("anchor_failed", "file: no space")
    assert auditor.notifications.get().url == reverse("audit:integrity")
