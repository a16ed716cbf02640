"""REST: documents."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import ApiClient
from audit.models import AuditEntry
from documents.models import Document
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.customers import make_customer
from tests.factories.documents import make_document, make_read_document
from workflows.services import ensure_shipped_workflows

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> tuple[ApiClient, dict[str, str]]:
    client, clear = make_api_key(make_api_client())
    return client, {"Authorization": f"Bearer {clear}"}


def test_document_is_shown_with_its_values(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    body = client.get(f"/api/v1/documents/{make_read_document().pk}").json()
    assert (body["state"], body["document_type"], body["mrz"]["valid"]) == ("verified", "passport", True)
    assert {item["name"] for item in body["fields_read"]} >= {"surname", "document_number"}


def test_document_is_for_people_and_not_for_its_sender(client: Client, key: tuple[ApiClient, dict[str, str]]) -> None:
    document = make_document(make_customer(client=key[0]))
    assert client.get(f"/api/v1/documents/{document.pk}", headers=key[1]).status_code == 403


def test_document_that_is_not_there_is_404(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(f"/api/v1/documents/{uuid4()}").status_code == 404


def test_document_looked_at_by_a_person_is_recorded(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    document = make_document()
    client.get(f"/api/v1/documents/{document.pk}")
    client.get(f"/api/v1/customers/{document.customer_id}/documents")
    actions = list(AuditEntry.objects.filter(action__endswith="_viewed").values_list("action", flat=True))
    assert sorted(actions) == ["documents.document_viewed", "documents.documents_viewed"]


def test_upload_answers_202_with_a_receipt(client: Client, key: tuple[ApiClient, dict[str, str]]) -> None:
    ensure_shipped_workflows()
    customer = make_customer(client=key[0])
    form = {"file": SimpleUploadedFile("bill.pdf", b"%PDF-1.4")}
    answer = client.post(f"/api/v1/customers/{customer.pk}/documents", form, headers=key[1])
    assert answer.status_code == 202
    assert set(answer.json()) == {"id", "filename", "sha256", "size", "state", "created_at"}


def test_upload_without_a_file_points_at_it(client: Client, key: tuple[ApiClient, dict[str, str]]) -> None:
    customer = make_customer(client=key[0])
    answer = client.post(f"/api/v1/customers/{customer.pk}/documents", {"x": "y"}, headers=key[1])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/file"


def test_upload_to_another_clients_customer_is_404(client: Client, key: tuple[ApiClient, dict[str, str]]) -> None:
    form = {"file": SimpleUploadedFile("bill.pdf", b"%PDF-1.4")}
    answer = client.post(f"/api/v1/customers/{make_customer().pk}/documents", form, headers=key[1])
    assert answer.status_code == 404
    assert not Document.objects.exists()
