"""Reviewing a document: values that want a look, corrections, accepting, asking for a new one."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from core.exceptions import Conflict
from documents.enums import DocumentState
from documents.models import Document
from documents.selectors import document_for, review_of
from documents.services import refuse_document
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.documents import make_document, make_read_document

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(make_person(Role.REVIEWER))
    return client


@pytest.fixture
def document() -> Document:
    """A doubtful passport of which one value was read with little confidence."""
    made = make_read_document(make_customer(name="John Smith"))
    made.fields.filter(name="surname").update(confidence=Decimal("0.61"))
    return made


def test_values_read_with_little_confidence_are_marked_and_counted(reviewer: Client, document: Document) -> None:
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert page.count("data-low maxlength") == 1
    assert "1 to look at" in page


def test_corrected_value_wants_no_look_any_more_and_keeps_what_was_read(reviewer: Client, document: Document) -> None:
    field = document.fields.get(name="surname")
    form = {"value": "SMITH", "reason": "a slip of the reader"}
    answer = reviewer.post(f"/documents/fields/{field.pk}/correct/", form, **HTMX).content.decode()
    assert "<html" not in answer
    assert "read: <bdi>CITIZEN</bdi>; corrected by" in answer
    assert "all read with confidence" in answer


def test_refused_correction_keeps_what_was_typed(reviewer: Client, document: Document) -> None:
    field = document.fields.get(name="date_of_birth")
    form = {"value": "June 1984", "reason": "as printed"}
    answer = reviewer.post(f"/documents/fields/{field.pk}/correct/", form, **HTMX).content.decode()
    assert 'value="June 1984"' in answer
    assert "write it as 1984-06-07" in answer


def test_each_value_with_a_box_is_linked_with_it(reviewer: Client, document: Document) -> None:
    document.fields.filter(name="surname").update(box=[1, 2, 30, 10])
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert re.search(
        r'<rect class="doc-box" data-mark="surname" id="box-surname" x="1" y="2" width="29" height="8">', page
    )
    assert 'class="value-row is-low" data-mark="surname"' in page


def test_failed_checks_come_first(document: Document) -> None:
    outcomes = [check.outcome for check in review_of(document_for(make_person(), document.pk)).checks]
    assert outcomes[0] == "failed"
    assert outcomes.index("passed") > outcomes.index("failed")


def test_new_document_is_asked_for_with_a_reason_that_is_recorded(reviewer: Client, document: Document) -> None:
    reviewer.post(f"/documents/{document.pk}/refuse/", {"reason": "the photograph is blurred", "back": "/cases/"})
    document.refresh_from_db()
    assert (document.state, document.refusal_sentence[:10]) == (DocumentState.REFUSED, "A reviewer")
    assert AuditEntry.objects.filter(action="documents.document_refused", object_id=str(document.pk)).exists()


def test_refusing_without_a_reason_changes_nothing(reviewer: Client, document: Document) -> None:
    reviewer.post(f"/documents/{document.pk}/refuse/", {"reason": ""})
    document.refresh_from_db()
    assert document.state == DocumentState.DOUBTFUL


def test_document_that_is_not_read_cannot_be_refused() -> None:
    with pytest.raises(Conflict):
        refuse_document(document=make_document(), reason="too early", by=make_person(Role.REVIEWER).actor)


def test_auditor_sees_values_and_can_change_none(client: Client, document: Document) -> None:
    client.force_login(make_person(Role.AUDITOR))
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "/correct/" not in page
    assert "/refuse/" not in page
