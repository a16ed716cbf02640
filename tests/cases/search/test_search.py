"""Search: kept in the transaction of each change, on both databases, for who may see it."""

import pytest
from django.db import connection
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from cases.models import Case
from cases.search.folding import fold, likeness, snippet
from cases.search.models import SearchDocument
from cases.search.rebuilding import REBUILD
from cases.search.selectors import search
from cases.services import comment_on_case
from customers.enums import PartyKind
from customers.services import register_customer
from customers.shapes import NewAddress, NewCustomer, NewIdentifier, NewParty
from documents.models import Document, Page
from documents.signals import document_read
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_case
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db


def _titles(query: str, role: Role = Role.ANALYST) -> list[tuple[str, str]]:
    return [(group.title, row.title) for group in search(make_person(role), query).groups for row in group.rows]


def _with_page(case: Case, text: str) -> Document:
    document = Document.objects.create(customer=case.customer, filename="extract.pdf", sha256="0" * 64, size=1)
    Page.objects.create(document=document, number=1, width=1, height=1, text=text, source="ocr", image_sha256="0" * 64)
    document_read.send(Document, document_id=document.pk, customer_id=case.customer_id)
    return document


def test_a_customer_is_found_by_any_beginning_of_a_word_in_any_order() -> None:
    make_case(name="Amara Okonjo-Baptiste")
    assert _titles("baptiste ama") == [("Customers", "Amara Okonjo-Baptiste")]


def test_a_name_is_found_without_its_marks_and_in_another_script() -> None:
    make_case(name="Łukasz Żółkiewski")
    make_case(name="محمود الزهراني", aliases=("Mahmoud Al Zahrani",))
    assert _titles("zolkiewski") == [("Customers", "Łukasz Żółkiewski")]
    assert _titles("mahmoud zahrani") == _titles("محمود") == [("Customers", "محمود الزهراني")]


@pytest.mark.parametrize("typed", ["Morozenko", "Morosenk", "Wiktor Morossenko", "morosneko wiktor"])
def test_a_name_with_a_typing_error_is_found_by_likeness(typed: str) -> None:
    make_case(name="Wiktor Morosenko")
    make_case(name="Clara Fernweh")
    assert {title for _, title in _titles(typed)} == {"Wiktor Morosenko"}


def test_a_changed_name_is_found_at_once_and_the_former_no_more() -> None:
    client = make_api_client()
    for name in ("Jane Former", "Jane Newname"):
        party = NewParty(kind=PartyKind.PERSON, name=name)
        register_customer(data=NewCustomer(external_id="C-1", party=party), by=client.actor)
    assert _titles("newname") == [("Customers", "Jane Newname")]
    assert _titles("former") == []


def test_documents_comments_and_numbers_are_found() -> None:
    case = make_case()
    _with_page(case, "Certificate of incorporation of Nordfeld")
    comment_on_case(case_id=case.pk, text="The nordfeld owner was asked.", by=make_person().actor)
    assert _titles("nordfeld") == [("Documents", "extract.pdf"), ("Comments", case.number)]
    assert _titles(case.number) == [("Cases", case.number), ("Comments", case.number)]


def test_the_snippet_shows_the_words_as_they_were_written() -> None:
    assert snippet("Kontoauszug für Łukasz.", ["lukasz"]) == [
        ("Kontoauszug", False), (" ", False), ("für", False), (" ", False), ("Łukasz", True), (".", False),
    ]  # fmt: skip


FACTS = {"name": "Clara Fernweh", "email": "clara.mail@example.org", "phone": "+49 (30) 123-4567"}
NUMBERS = (NewIdentifier("passport", "C01X 00T47", "DE"), NewIdentifier("iban", "DE02 1203 0000 0000 2020 51"))


@pytest.mark.parametrize("typed", [
    "Clara.Mail@Example.org", "fernweh mai", "0049 30 1234567", "+49301234567", "c01x00t47", "C01X 00T47", "de02120300000000202051",
    "DE02 1203 0000 0000 2020 51", "marmal", "7 marmalade lane",
])  # fmt: skip
def test_contacts_numbers_and_addresses_are_found_and_stand_nowhere_in_clear(typed: str) -> None:
    make_case(**FACTS, identifiers=NUMBERS, addresses=(NewAddress("DE", "7 Marmalade Lane", "Berlin"),))
    make_case(name="Clara Other", email="other@example.org", phone="+49 30 7654321")
    assert _titles(typed) == [("Customers", "Clara Fernweh")]
    row = SearchDocument.objects.filter(kind="customer").order_by("pk")[0]
    assert "marmalade" in row.text.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(d.* AS text) FROM search_document d" if connection.vendor == "postgresql"
                       else "SELECT title || text || folded || names FROM search_document")  # fmt: skip
        stored = " ".join(row[0] for row in cursor.fetchall()).lower()
    assert "fernweh" in stored
    assert not [word for word in ("marmalade", "1234567", "00t47", "2020", "mail") if word in stored]


def test_who_has_exactly_what_was_typed_comes_first() -> None:
    for number in (7, *range(70, 80), 7000):
        make_case(name=f"Nr {number}", email=f"a{number}@example.org")
    assert _titles("a7@example.org")[0] == ("Customers", "Nr 7")


def test_the_mark_of_blind_words_finds_nothing() -> None:
    make_case(**FACTS)
    assert _titles("qzx") == _titles("qzxa") == []


@pytest.mark.parametrize("query", ["'", '"', "a:* | b", "-- drop", "%", "*", "NOT", "née OR", "\x00x"])
def test_whatever_is_typed_is_only_words(query: str) -> None:
    make_case()
    search(make_person(), query)


def test_an_administrator_finds_cases_but_no_customer_and_no_document() -> None:
    case = make_case(name="Clara Fernweh")
    _with_page(case, "Fernweh")
    assert _titles("fernweh", Role.ADMINISTRATOR) == []
    assert _titles(case.number, Role.ADMINISTRATOR) == [("Cases", case.number)]


def test_the_page_takes_a_post_marks_what_matched_and_is_recorded_without_the_words(client: Client) -> None:
    case = make_case(name="Clara Fernweh", email="clara@example.org")
    client.force_login(make_person())
    page = client.post("/search/", {"q": "clara"}).content.decode()
    assert "Clara Fernweh" in page
    assert "<mark>clara</mark>" in page
    entry = AuditEntry.objects.get(action="search.searched")
    assert str(case.customer_id).encode() in bytes(entry.body)
    assert b"clara" not in bytes(entry.body).lower()


def test_a_case_number_leads_straight_to_the_case(client: Client) -> None:
    case = make_case()
    client.force_login(make_person())
    assert client.post("/search/", {"q": case.number.lower()})["Location"] == f"/cases/{case.pk}/"


def test_nothing_found_says_so(client: Client) -> None:
    client.force_login(make_person())
    assert "Nothing found" in client.post("/search/", {"q": "zzzzzz"}).content.decode()


def test_rebuilding_gives_the_same_rows(client: Client) -> None:
    case = make_case(name="Clara Fernweh")
    comment_on_case(case_id=case.pk, text="A comment", by=make_person().actor)
    _with_page(case, "Some words")
    columns = ("kind", "object_id", "title", "text", "folded", "names")
    before = set(SearchDocument.objects.values_list(*columns))
    SearchDocument.objects.all().delete()
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post("/search/rebuild/")
    run_work(LongWork.objects.get(kind=REBUILD).pk)
    assert set(SearchDocument.objects.values_list(*columns)) == before


def test_a_search_takes_a_constant_number_of_queries(django_assert_max_num_queries: object) -> None:
    for number in range(12):
        make_case(name=f"Clara Fernweh {number}")
    person = make_person()
    with django_assert_max_num_queries(12):
        search(person, "fernweh")


def test_folding_and_likeness() -> None:
    assert fold("  Żółkiewski, ŁUKASZ 7a ") == "zolkiewski lukasz 7a"
    assert likeness("morosenko", "wiktor morosenko") == 1
    assert likeness("", "anything") == 0
