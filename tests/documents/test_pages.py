"""Pages of documents."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from audit.models import AuditEntry
from documents.enums import DocumentState
from documents.extraction.shapes import Reading
from documents.models import Document
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.documents import make_document, make_read_document
from workflows.services import ensure_shipped_workflows

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(make_person(Role.REVIEWER))
    return client


def test_panel_for_htmx_is_a_fragment_with_every_document(reviewer: Client) -> None:
    document = make_read_document()
    make_read_document(document.customer, reading=Reading(refusal="broken"))
    page = reviewer.get(f"/documents/of/{document.customer_id}/", headers=HTMX).content.decode()
    assert "<html" not in page
    assert "Verified" in page
    assert "damaged" in page


def test_panel_stands_alone_as_a_page(reviewer: Client) -> None:
    document = make_document()
    assert "<html" in reviewer.get(f"/documents/of/{document.customer_id}/").content.decode()


def test_panel_makes_the_same_queries_for_one_and_many_documents(reviewer: Client) -> None:
    customer = make_read_document().customer
    reviewer.get(f"/documents/of/{customer.pk}/")  # the first look makes the customer's key
    with CaptureQueriesContext(connection) as few:
        reviewer.get(f"/documents/of/{customer.pk}/")
    make_read_document(customer)
    make_read_document(customer)
    with CaptureQueriesContext(connection) as many:
        reviewer.get(f"/documents/of/{customer.pk}/")
    assert len(many) == len(few)


def test_detail_shows_values_checks_and_boxes_and_is_recorded(reviewer: Client) -> None:
    document = make_read_document()
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert "K2470391C" in page
    assert "All 5 check digits" in page
    assert AuditEntry.objects.filter(action="documents.document_viewed", object_id=str(document.pk)).count() == 1


def test_detail_escapes_what_was_read(reviewer: Client) -> None:
    document = make_read_document()
    document.fields.filter(name="surname").update(value="<script>alert(1)</script>")
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_detail_of_an_unread_document_says_so(reviewer: Client) -> None:
    assert "about to read" in reviewer.get(f"/documents/{make_document().pk}/").content.decode()


def test_detail_of_no_document_is_404(reviewer: Client) -> None:
    assert reviewer.get(f"/documents/{uuid4()}/").status_code == 404


def test_page_image_is_the_rendered_jpeg(reviewer: Client) -> None:
    answer = reviewer.get(f"/documents/{make_read_document().pk}/pages/1/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8\xff")


def test_page_image_of_a_page_that_is_not_there_is_404(reviewer: Client) -> None:
    assert reviewer.get(f"/documents/{make_read_document().pk}/pages/9/").status_code == 404


def test_download_is_an_attachment_that_nothing_runs_and_is_recorded(reviewer: Client) -> None:
    document = make_document(content=b"<script>")
    answer = reviewer.get(f"/documents/{document.pk}/original/")
    assert answer.getvalue() == b"<script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert AuditEntry.objects.filter(action="documents.original_downloaded").count() == 1


def test_download_by_an_analyst_is_refused(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(f"/documents/{make_document().pk}/original/").status_code == 403


def test_correction_changes_the_value(reviewer: Client) -> None:
    field = make_read_document().fields.get(name="surname")
    reviewer.post(f"/documents/fields/{field.pk}/correct/", {"value": "SMITH", "reason": "a slip"})
    field.refresh_from_db()
    assert field.value == "SMITH"


def test_correction_with_a_bad_date_says_how_to_write_it(reviewer: Client) -> None:
    field = make_read_document().fields.get(name="date_of_birth")
    form = {"value": "June 1984", "reason": "a slip"}
    answer = reviewer.post(f"/documents/fields/{field.pk}/correct/", form, follow=True)
    assert "write it as 1984-06-07" in answer.content.decode()


def test_accept_of_a_doubtful_document_makes_it_verified(reviewer: Client) -> None:
    document = make_read_document(make_customer(name="John Smith"))
    reviewer.post(f"/documents/{document.pk}/accept/", {"reason": "name by marriage"})
    document.refresh_from_db()
    assert document.state == DocumentState.VERIFIED


def test_upload_stores_the_file_and_goes_back_to_the_case(reviewer: Client) -> None:
    ensure_shipped_workflows()
    customer = make_customer()
    form = {"file": SimpleUploadedFile("bill.pdf", b"%PDF-"), "next": "/cases/7/?tab=documents"}
    answer = reviewer.post(f"/documents/of/{customer.pk}/upload/", form)
    assert answer.headers["Location"] == "/cases/7/?tab=documents"
    assert Document.objects.get(customer=customer).filename == "bill.pdf"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_upload_never_sends_anybody_away(reviewer: Client, away: str) -> None:
    customer = make_customer()
    answer = reviewer.post(f"/documents/of/{customer.pk}/upload/", {"next": away})
    assert answer.headers["Location"] == f"/documents/of/{customer.pk}/"


def test_upload_of_an_empty_file_says_so(reviewer: Client) -> None:
    form = {"file": SimpleUploadedFile("empty.pdf", b"")}
    answer = reviewer.post(f"/documents/of/{make_customer().pk}/upload/", form, follow=True)
    assert "The file is empty" in answer.content.decode()


@pytest.mark.parametrize("path", ["of/{}/upload/", "{}/accept/", "fields/{}/correct/"])
def test_change_by_get_is_not_offered(reviewer: Client, path: str) -> None:
    assert reviewer.get("/documents/" + path.format(uuid4())).status_code == 405


def test_page_by_somebody_without_a_login_goes_to_the_login(client: Client) -> None:
    assert client.get(f"/documents/{uuid4()}/").status_code == 302


def test_page_says_how_the_document_was_read_and_what_was_not_used(reviewer: Client) -> None:
    document = make_read_document()
    document.inspection = {"active": ["javascript"], "software": ["GIMP"]}
    document.suggestions = [{"name": "surname", "value": "SMITH", "reason": "does not stand on the document"}]
    document.save()
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert "contains JavaScript" in page
    assert "Saved with GIMP" in page
    assert "No virus scanner is set up" in page
    assert "Suggested by a language model, not used" in page


def test_page_shows_the_lines_of_the_zone(reviewer: Client) -> None:
    page = reviewer.get(f"/documents/{make_read_document().pk}/").content.decode()
    assert "P&lt;UTOCITIZEN&lt;&lt;JANE" in page


def test_infected_original_is_not_handed_out(reviewer: Client) -> None:
    document = make_document(virus_scan="infected")
    assert reviewer.get(f"/documents/{document.pk}/original/").status_code == 409
