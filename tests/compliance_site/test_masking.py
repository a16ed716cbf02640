"""Identifying values on pages and by REST: masked without the permission, shown after a recorded look."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.roles import permissions_of
from audit.models import AuditEntry
from cases.search.services import index_customer
from core import masking
from core.permissions import Permission
from customers.models import Customer, PartyIdentifier
from documents.models import Document
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.customers import make_customer
from tests.factories.documents import make_read_document

pytestmark = pytest.mark.django_db
NUMBER, MAIL, BORN = "ZX9081726", "planted@example.org", "1971-02-03"


def _planted(**kwargs: object) -> Document:
    """A read document whose customer has a planted number, e-mail and birth date; the number is on the document, too."""
    customer = make_customer(**kwargs)  # type: ignore[arg-type]
    party = customer.party
    party.birth_date, party.email = BORN, MAIL  # type: ignore[assignment]
    party.save()
    PartyIdentifier.objects.create(party=party, kind="passport", value=NUMBER)
    document = make_read_document(customer)
    document.fields.filter(name="document_number").update(value=NUMBER)
    return document


def _pages(customer: Customer, document: Document) -> list[str]:
    return [f"/customers/{customer.pk}/", f"/documents/{document.pk}/", f"/documents/of/{customer.pk}/"]


def _told(client: Client, paths: list[str]) -> str:
    return "".join(client.get(path).content.decode() for path in paths)


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_person(Role.AUDITOR))
    return client


def test_auditor_sees_nothing_in_clear_until_shown_and_the_record_says_why(auditor: Client) -> None:
    document = _planted()
    customer, image = document.customer, f"/documents/{document.pk}/pages/1/"
    told = _told(auditor, _pages(customer, document))
    assert NUMBER not in told
    assert BORN not in told
    assert "•••••726" in told
    assert auditor.get(image).status_code == 403
    reason = "Sample of the yearly audit"
    auditor.post(f"/customers/{customer.pk}/reveal/", {"reason": reason, "next": "/customers/"})
    assert all(NUMBER in _told(auditor, [page]) for page in _pages(customer, document))
    assert auditor.get(image).status_code == 200
    assert AuditEntry.objects.get(action="customers.identifiers_revealed").object_id == str(customer.pk)


def test_showing_is_for_one_customer_and_a_while(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = _planted(), _planted()
    auditor.post(f"/customers/{one.customer_id}/reveal/", {"reason": "Sample"})
    assert NUMBER not in _told(auditor, [f"/customers/{other.customer_id}/"])
    late = masking.now() + masking.SHOWN_FOR + timedelta(seconds=1)
    monkeypatch.setattr(masking, "now", lambda: late)
    assert NUMBER not in _told(auditor, [f"/customers/{one.customer_id}/"])


def test_showing_needs_a_reason(auditor: Client) -> None:
    document = _planted()
    auditor.post(f"/customers/{document.customer_id}/reveal/", {"reason": ""})
    assert NUMBER not in _told(auditor, [f"/customers/{document.customer_id}/"])
    assert not AuditEntry.objects.filter(action="customers.identifiers_revealed").exists()


def test_people_who_work_cases_see_and_have_nothing_to_ask_for(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    document = _planted()
    assert NUMBER in _told(client, [f"/customers/{document.customer_id}/"])
    assert client.post(f"/customers/{document.customer_id}/reveal/", {"reason": "Sample"}).status_code == 403


@pytest.mark.parametrize("has_scope", [True, False])
def test_rest_masks_unless_the_scope_is_granted(client: Client, has_scope: bool) -> None:
    lost = set() if has_scope else {Permission.IDENTIFIER_VIEW}
    sender, key = make_api_key(make_api_client(scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT) - lost)))
    customer = _planted(client=sender).customer
    told = client.get(f"/api/v1/customers/{customer.pk}", HTTP_AUTHORIZATION=f"Bearer {key}").json()["party"]
    shown = (told["birth_date"], told["email"], told["identifiers"][-1]["value"])
    assert shown == ((BORN, MAIL, NUMBER) if has_scope else (None, "p•••••@example.org", "•••••726"))


def test_rest_never_shows_what_a_session_was_shown(auditor: Client) -> None:
    document = _planted()
    auditor.post(f"/customers/{document.customer_id}/reveal/", {"reason": "Sample"})
    told = _told(auditor, [f"/api/v1/customers/{document.customer_id}", f"/api/v1/documents/{document.pk}"])
    assert NUMBER not in told
    assert BORN not in told


def test_a_search_shows_no_snippet_with_what_is_masked(auditor: Client) -> None:
    customer = _planted().customer
    index_customer(customer.pk)
    auditor.post(f"/customers/{customer.pk}/reveal/", {"reason": "Sample"})
    told = auditor.post("/search/", {"q": NUMBER}).content.decode()
    assert f"/customers/{customer.pk}/" in told
    assert "<mark>" not in told
    auditor.force_login(make_person(Role.ANALYST))
    assert f"<mark>{NUMBER}" in auditor.post("/search/", {"q": NUMBER}).content.decode()
