"""Labels that people give transactions: flagged on pages and by REST, imported, listed, taken back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.enums import Role
from accounts.exceptions import NotAPerson
from audit.models import AuditEntry
from core.clock import now
from monitoring.models import RejectedLine, TransactionFlag
from monitoring.selectors import labels_by_people
from monitoring.services import import_labels
from tests.factories.accounts import make_person
from tests.factories.monitoring import SYSTEM, make_alert, make_process_event, make_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make_person(Role.ANALYST)
    client.force_login(person)
    return person


def _label(row):
    return labels_by_people("finance", now() - timedelta(days=9))[0].get(str(row.pk), (None, ""))[0]


def _line(row, label, reason="A court says so."):
    return {"transaction_external_id": row.external_id, "label": label, "reason": reason}


def test_a_transaction_is_flagged_on_its_page_seen_and_taken_back(client, officer):
    row = make_transaction()
    page, ledger = (
        reverse(f"monitoring:{name}", args=[key])
        for name, key in (("transaction_flag", row.pk), ("transaction_panel", row.customer_id))
    )
    assert page in client.get(ledger).content.decode()
    assert client.post(page, {"reason": "no"}).status_code == 422
    assert client.post(page, {"reason": "The branch told so."}).url == page
    flag = TransactionFlag.objects.get()
    assert (flag.flagged_by, flag.source, _label(row)) == (officer, "person", 1)
    assert "Flagged" in client.get(ledger).content.decode()
    assert b"The branch told so." in client.get(reverse("monitoring:label_list")).content
    client.post(reverse("monitoring:transaction_unflag", args=[row.pk]))
    assert (TransactionFlag.objects.count(), _label(row)) == (0, None)
    assert AuditEntry.objects.filter(action="monitoring.flag_revoked").count() == 1


def test_the_flag_stands_beside_the_transaction_of_an_alert(client, officer):
    alert = make_alert()
    flag = reverse("monitoring:transaction_flag", args=[alert.findings.get().transaction_id])
    for name in ("alert_detail", "alert_card"):
        assert flag in client.get(reverse(f"monitoring:{name}", args=[alert.pk])).content.decode()


def test_a_transaction_is_flagged_by_rest(client, officer):
    row = make_transaction()
    url = f"/api/v1/transactions/{row.pk}/flag"
    assert client.post(url, {"reason": "no"}, content_type="application/json").status_code == 422
    told = client.post(url, {"reason": "Told by the branch."}, content_type="application/json").json()
    assert (told["transaction_external_id"], told["flagged_by"]) == (row.external_id, officer.username)
    assert client.delete(url).status_code == 204
    assert not TransactionFlag.objects.exists()
    assert client.delete("/api/v1/transactions/019c0000-0000-7000-8000-000000000000/flag").status_code == 404


def test_a_file_of_labels_is_taken_in_and_tells_what_is_not(client, officer):
    bad, good = make_transaction(), make_transaction()
    text = ("transaction_external_id,label,reason\n"
            f"{bad.external_id},1,A court says so.\n{good.external_id},0,Checked.\nnobody,1,Unknown.\n{good.external_id},maybe,x\n")  # fmt: skip
    file = SimpleUploadedFile("labels.csv", text.encode(), content_type="text/csv")
    page = client.post(reverse("monitoring:label_list"), {"file": file})
    assert b"2 taken, 0 known before, 2 rejected" in page.content
    assert (_label(bad), _label(good)) == (1, 0)
    assert list(RejectedLine.objects.values_list("line", "column")) == [(4, "/transaction_external_id"), (5, "/label")]
    errors = b"".join(
        client.get(reverse("monitoring:ingest_errors", args=[page.context["result"].ingest_id])).streaming_content
    )
    assert b"nobody" in errors


def test_another_label_than_is_there_is_refused_and_the_same_is_known(client, officer):
    row = make_transaction()
    told = client.post(
        "/api/v1/labels", [_line(row, "1"), _line(row, "1"), _line(row, "0")], content_type="application/json"
    )
    assert [told.json()[name] for name in ("accepted", "duplicates", "rejected_count")] == [1, 1, 1]
    assert client.get("/api/v1/labels").json()["results"][0]["source"] == "import"


def test_an_entry_of_a_batch_record_is_flagged_on_its_page_seen_and_taken_back(client, officer):
    row = make_process_event()
    page = reverse("monitoring:event_flag", args=[row.pk])
    assert client.post(page, {"reason": "no"}).status_code == 422
    assert client.post(page, {"reason": "The raw data say otherwise."}).url == page
    assert b"The raw data say otherwise." in client.get(reverse("monitoring:label_list")).content
    assert labels_by_people("pharma", now() - timedelta(days=9))[0] == {str(row.pk): (1, "")}
    assert client.get("/api/v1/event-labels").json()["results"][0]["event_external_id"] == row.external_id
    client.post(reverse("monitoring:event_unflag", args=[row.pk]))
    assert labels_by_people("pharma", now() - timedelta(days=9))[0] == {}


def test_an_entry_is_flagged_by_rest_and_labelled_by_a_file(client, officer):
    row, other = make_process_event(), make_process_event()
    url = f"/api/v1/process-events/{row.pk}/flag"
    told = client.post(url, {"reason": "Told by quality."}, content_type="application/json").json()
    assert (told["event_external_id"], told["flagged_by"]) == (row.external_id, officer.username)
    assert client.delete(url).status_code == 204
    both = {"transaction_external_id": "x", "event_external_id": other.external_id, "label": "1", "reason": "Both."}
    lines = [{"event_external_id": other.external_id, "label": "0", "reason": "Checked."}, both]
    answer = client.post("/api/v1/labels", lines, content_type="application/json").json()
    assert (answer["accepted"], answer["rejected_count"]) == (1, 1)
    assert labels_by_people("pharma", now() - timedelta(days=9))[0] == {str(other.pk): (0, "")}


def test_a_program_labels_nothing():
    with pytest.raises(NotAPerson):
        import_labels(rows=[_line(make_transaction(), "1")], source="rest", by=SYSTEM)
