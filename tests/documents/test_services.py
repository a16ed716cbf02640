"""Storing, reading and reviewing documents."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from audit.models import AuditEntry
from cases.models import CaseReason
from core.exceptions import Conflict, InvalidInput
from documents import services, store
from documents.enums import DocumentState, FieldSource
from documents.extraction.limits import MAX_BYTES
from documents.extraction.shapes import FieldReading, Inspection, PageReading, Reading
from documents.models import Document, Field
from documents.selectors import codes_of, document_quality, reasons_of
from documents.signals import document_read, document_stored
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer, make_organisation, make_owner
from tests.factories.documents import TESTER, make_document, make_read_document, passport_lines, passport_reading
from workflows.models import Run

pytestmark = pytest.mark.django_db


def field_of(document: Document, name: str) -> Field:
    return document.fields.get(name=name)


def test_store_document_with_the_same_bytes_is_the_same_document() -> None:
    customer = make_customer()
    assert make_document(customer, b"bytes").pk == make_document(customer, b"bytes").pk
    assert make_document(make_customer(), b"bytes").pk != make_document(customer, b"bytes").pk


def test_store_document_is_recorded_without_its_name_in_clear() -> None:
    document = make_document()
    entry = AuditEntry.objects.get(action="documents.document_stored")
    assert entry.object_id == str(document.pk)
    assert b"passport.jpg" not in bytes(entry.body)


def test_store_document_above_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput):
        make_document(content=bytes(MAX_BYTES + 1))
    assert not Document.objects.exists()


def test_store_document_with_a_path_for_a_name_keeps_the_name() -> None:
    document = services.store_document(customer=make_customer(), content=b"x", filename="../../etc/passwd", by=TESTER)
    assert document.filename == "passwd"


def test_store_document_tells_the_floors_above() -> None:
    told: list[object] = []
    document_stored.connect(lambda document_id, **more: told.append(document_id), weak=False, dispatch_uid="test")
    document = make_document()
    document_stored.disconnect(dispatch_uid="test")
    assert told == [document.pk]


def test_add_document_starts_a_run_that_reads_it() -> None:
    from workflows.services import ensure_shipped_workflows

    ensure_shipped_workflows()
    document = services.add_document(customer=make_customer(), content=b"x", filename="a.pdf", by=make_person().actor)
    assert Run.objects.get(subject_id=document.pk).subject_type == "document"


def test_reading_of_a_good_passport_is_verified() -> None:
    document = make_read_document()
    assert document.state == DocumentState.VERIFIED
    assert field_of(document, "document_number").value == "K2470391C"
    assert document.pages.get().text == "PASSPORT"


def test_reading_of_another_persons_passport_is_doubtful() -> None:
    document = make_read_document(make_customer(name="John Smith"))
    assert document.state == DocumentState.DOUBTFUL
    assert reasons_of(document) == ["The name on the document is nobody's on the form."]


def test_reading_with_an_alias_of_the_form_is_verified() -> None:
    assert (
        make_read_document(make_customer(name="Jane Miller", aliases=["Jane Citizen"])).state == DocumentState.VERIFIED
    )


def test_reading_of_an_owners_passport_is_verified() -> None:
    organisation = make_organisation()
    make_owner(organisation)
    assert make_read_document(organisation).state == DocumentState.VERIFIED


def test_reading_with_a_refusal_is_refused() -> None:
    document = make_read_document(reading=Reading(refusal="broken"))
    assert document.state == DocumentState.REFUSED
    assert document_quality(document.customer).reasons == (document.refusal_sentence,)


def test_reading_of_an_unknown_document_is_doubtful() -> None:
    document = make_read_document(reading=Reading(media_type="image/png"))
    assert document.state == DocumentState.DOUBTFUL
    assert reasons_of(document) == ["It is not clear what kind of document this is."]


def test_reading_again_leaves_a_read_document_as_it_is() -> None:
    document = make_read_document()
    services.store_reading(document=document, worked=services.Worked(document.pk, Reading(refusal="broken")), by=TESTER)
    document.refresh_from_db()
    assert document.state == DocumentState.VERIFIED


def test_reading_tells_the_floors_above() -> None:
    told: list[object] = []
    document_read.connect(lambda document_id, **more: told.append(document_id), weak=False, dispatch_uid="test")
    document = make_read_document()
    document_read.disconnect(dispatch_uid="test")
    assert told == [document.pk]


def test_correct_field_keeps_what_was_read_and_checks_again() -> None:
    document = make_read_document(reading=passport_reading(passport_lines(surname="CITISEN")))
    assert document.state == DocumentState.DOUBTFUL
    services.correct_field(field=field_of(document, "surname"), value="CITIZEN", reason="misread", by=TESTER)
    document.refresh_from_db()
    field = field_of(document, "surname")
    assert (field.value, field.original_value, field.source) == ("CITIZEN", "CITISEN", FieldSource.PERSON)
    assert document.state == DocumentState.VERIFIED


def test_correct_field_is_recorded_with_its_values_encrypted() -> None:
    document = make_read_document()
    services.correct_field(field=field_of(document, "surname"), value="SMITH", reason="a slip", by=TESTER)
    entry = AuditEntry.objects.get(action="documents.field_corrected")
    assert b"SMITH" not in bytes(entry.body)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("surname", "SMITH", " "), ("surname", " ", "a slip"), ("date_of_birth", "7 June 1984", "a slip")],
)
def test_correct_field_with_bad_input_is_refused(name: str, value: str, reason: str) -> None:
    document = make_read_document()
    with pytest.raises(InvalidInput), transaction.atomic():
        services.correct_field(field=field_of(document, name), value=value, reason=reason, by=TESTER)
    assert not AuditEntry.objects.filter(action="documents.field_corrected").exists()


def test_accept_document_makes_a_doubtful_one_verified() -> None:
    document = make_read_document(make_customer(name="John Smith"))
    services.accept_document(document=document, reason="maiden name, seen", by=TESTER)
    document.refresh_from_db()
    assert document.state == DocumentState.VERIFIED


def test_accept_document_that_is_refused_is_a_conflict() -> None:
    document = make_read_document(reading=Reading(refusal="broken"))
    with pytest.raises(Conflict):
        services.accept_document(document=document, reason="looks fine", by=TESTER)


def test_document_quality_counts_states() -> None:
    customer = make_customer()
    make_read_document(customer)
    make_read_document(customer, reading=replace(Reading(), refusal="empty"))
    make_document(customer)
    quality = document_quality(customer)
    assert (quality.total, quality.verified, quality.refused, quality.unread) == (3, 1, 1, 1)


def test_check_of_a_document_keeps_where_its_evidence_is() -> None:
    surname = FieldReading("surname", "SMITH", 0.9, "ocr", 1, (1, 2, 3, 4))
    document = make_read_document(reading=replace(passport_reading(), fields=(surname,)))
    assert document.checks.get(code="name_matches_form").evidence == [{"page": 1, "box": [1, 2, 3, 4]}]


def test_same_file_of_another_customer_makes_a_document_doubtful_and_names_the_other() -> None:
    first = make_read_document()
    second = make_document(make_customer(), store.get(first.sha256))
    services.store_reading(document=second, worked=services.Worked(second.pk, Reading("image/png")), by=TESTER)
    check = second.checks.get(code="not_sent_for_another")
    assert (check.outcome, check.evidence) == ("failed", [{"document": str(first.pk)}])


def test_same_number_of_another_customer_is_noticed() -> None:
    make_read_document()
    assert "not_sent_for_another" in codes_of(make_read_document(make_customer()))


@pytest.mark.parametrize(("words", "noticed"), [("Jane Citizen Harbour Street 7", True), ("John Smith", False)])
def test_same_picture_is_noticed_only_with_the_same_words(words: str, noticed: bool) -> None:
    make_read_document(reading=picture_reading("Jane Citizen Harbour Street 7", "8f9f23d221dc29d4"))
    other = make_read_document(make_customer(), picture_reading(words, "8f9f23d221dc29d5"))
    assert ("not_sent_for_another" in codes_of(other)) is noticed


def picture_reading(words: str, fingerprint: str) -> Reading:
    page = PageReading(1, 60, 40, words, "ocr", "1.jpg")
    return Reading("image/png", "utility_bill", pages=(page,), inspection=Inspection(fingerprints=(fingerprint,)))


def test_every_failed_check_is_a_reason_of_its_own_on_the_case() -> None:
    customer = make_customer(name="John Smith", birth_date=date(1990, 1, 1))
    document = make_read_document(customer)
    codes = set(CaseReason.objects.filter(source_id=str(document.pk)).values_list("code", flat=True))
    assert codes == {"document_name_matches_form", "document_birth_date_matches_form"}
