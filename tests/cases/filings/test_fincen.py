"""FinCEN batch XML: valid for everything the form takes, or the form says why not; answers find their fields."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cases.filings.form.shapes import Account, Activity, Address, FilingData, Identifier, Narrative, Report, Subject
from cases.filings.form.text import parts
from cases.filings.formats.fincen import answers, render
from cases.filings.formats.fincen.codes import code_list, family_of, schema
from core.exceptions import InvalidInput
from tests.factories.filings import INSTITUTION, ON, PERSON, make_data, ten_reports

_NS = {"f": "www.fincen.gov/base"}


def _root(data: FilingData) -> etree._Element:
    return etree.fromstring(render(data, None, ON).xml)


@pytest.mark.parametrize("name", list(ten_reports()))
def test_the_schema_takes_every_generated_report(name: str) -> None:
    made = render(ten_reports()[name], None, ON)
    assert made.faults == ()
    assert schema().validate(etree.fromstring(made.xml))


def test_every_batch_has_the_six_kinds_of_party_with_numbers_without_gaps() -> None:
    root = _root(make_data())
    kinds = root.xpath("f:Activity/f:Party/f:ActivityPartyTypeCode/text()", namespaces=_NS)
    assert kinds == ["35", "37", "30", "8", "34", "33"]
    numbers = [int(value) for value in root.xpath("//@SeqNum")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_batchs_party_count_is_that_of_its_subjects() -> None:
    assert [_root(ten_reports()[name]).get("PartyCount") for name in ("person", "everybody", "nobody identified")] == [
        "1",
        "3",
        "1",
    ]


def test_what_is_not_known_is_said_and_not_left_out() -> None:
    root = _root(make_data(subjects=[Subject(last_name="Doe")]))
    told = {etree.QName(element).localname for element in root.xpath("//*[text()='Y']")}
    assert told >= {
        "FirstNameUnknownIndicator", "BirthDateUnknownIndicator", "UnknownGenderIndicator", "TINUnknownIndicator",
        "IdentificationPresentUnknownIndicator", "CityUnknownIndicator", "CountryCodeUnknownIndicator",
        "StateCodeUnknownIndicator", "StreetAddressUnknownIndicator", "ZIPCodeUnknownIndicator",
        "NoKnownAccountInvolvedIndicator",
    }  # fmt: skip


def test_a_long_narrative_is_cut_at_spaces_into_at_most_five_parts() -> None:
    root = _root(make_data(narrative=Narrative(text="word " * 3900)))
    texts = root.xpath("//f:ActivityNarrativeText/text()", namespaces=_NS)
    assert len(texts) == 5
    assert " ".join(texts) == ("word " * 3900).strip()
    assert all(len(text) <= 4000 and text == text.strip() for text in texts)


def test_marks_of_citations_and_forbidden_characters_are_not_sent() -> None:
    story = "Paid in cash.[1]\r\n\tAnd\x00 again\u200f <b>& [2]." + " More." * 30
    narrative = {"text": story, "citations": [{"mark": 1, "kind": "alert", "evidence_id": "x", "label": "y"}]}
    text = _root(make_data(narrative=Narrative.model_validate(narrative))).xpath(
        "//f:ActivityNarrativeText/text()", namespaces=_NS
    )[0]
    assert text.startswith("Paid in cash. And again <b>& [2].")


def test_a_text_that_is_too_long_is_told_at_its_field_in_a_sentence() -> None:
    made = render(make_data(subjects=[PERSON.model_copy(update={"first_name": "x" * 60})]), None, ON)
    assert [(fault.pointer, fault.message) for fault in made.faults] == [
        ("/subjects/0/first_name", "is longer than the 35 characters that the receiver takes")
    ]


@pytest.mark.parametrize(("field", "data"), [
    ("/report/prior_number", make_data(report=Report(kind="correction", prior_number="123"))),
    ("/activity/classes", make_data(activity=Activity(from_on=ON, amount=Decimal(1)))),
    ("/activity/other", make_data(activity=Activity(from_on=ON, amount=Decimal(1), classes=["8999"]))),
    ("/activity/to_on", make_data(activity=Activity(from_on=ON, to_on=date(2026, 1, 1), amount=Decimal(1), classes=["112"]))),
    ("/activity/currency", make_data(activity=Activity(from_on=ON, amount=Decimal(1), currency="EUR", classes=["112"]))),
    ("/institution/tin", make_data(institution=INSTITUTION.model_copy(update={"tin": "1"}))),
    ("/subjects/0/addresses/0/country", make_data(subjects=[Subject(last_name="A", addresses=[Address(country="XX")])])),
    ("/narrative/text", make_data(narrative=Narrative(text="x" * 20_001))),
    ("/subjects", make_data(subjects=[])),
])  # fmt: skip
def test_a_broken_rule_is_told_at_its_field(field: str, data: FilingData) -> None:
    assert field in {fault.pointer for fault in render(data, None, ON).faults}


def test_kinds_of_activity_carry_fincens_own_words() -> None:
    assert code_list("classes")["112"] == "Structuring: Alters or cancels transaction to avoid CTR requirement"
    assert [family_of(code) for code in ("112", "1001", "8999", "12999")] == ["1", "10", "8", "12"]


_TEXT = st.text(max_size=60)
_ADDRESS = st.builds(Address, street=_TEXT, city=_TEXT, state=st.text(max_size=3), postcode=st.text(max_size=12),
                     country=st.sampled_from(["", "US", "DE", "XX", "us"]))  # fmt: skip
_SUBJECT = st.builds(
    Subject, kind=st.sampled_from(["person", "entity", "unknown"]), last_name=_TEXT, first_name=_TEXT, middle_name=_TEXT,
    suffix=st.text(max_size=20), aliases=st.lists(_TEXT, max_size=3), birth_date=st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    gender=st.sampled_from(["", "female", "male"]), occupation=_TEXT, phones=st.lists(_TEXT, max_size=2), email=_TEXT,
    addresses=st.lists(_ADDRESS, max_size=2), relations=st.lists(st.sampled_from(["customer", "owner", "none"]), max_size=2),
    identifiers=st.lists(st.builds(Identifier, kind=st.sampled_from(["", "ssn", "passport", "other"]), number=_TEXT, other=st.text(max_size=50)), max_size=2),
    accounts=st.lists(st.builds(Account, number=_TEXT, institution=_TEXT, institution_tin=st.text(max_size=25)), max_size=2),
)  # fmt: skip
_ACTIVITY = st.builds(
    Activity, from_on=st.none() | st.dates(date(1950, 1, 1), date(2030, 1, 1)), to_on=st.none() | st.dates(date(1950, 1, 1), date(2030, 1, 1)),
    amount=st.none() | st.decimals(0, 10**14, places=3), amount_is=st.sampled_from(["known", "unknown", "none"]),
    classes=st.lists(st.sampled_from(["112", "701", "9999", "nonsense"]), max_size=3), other=st.text(max_size=50),
    instruments=st.lists(st.sampled_from(["39", "46", "0"]), max_size=2),
    ip_addresses=st.lists(_TEXT, max_size=2), cumulative=st.none() | st.decimals(0, 10**14, places=3),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_SUBJECT, max_size=3), _ACTIVITY, st.text(max_size=400), st.text(max_size=50))
def test_whatever_is_typed_the_xml_is_valid_or_the_form_says_why_not(
    subjects: list[Subject], activity: Activity, story: str, note: str
) -> None:
    data = make_data(
        subjects=subjects, activity=activity, narrative=Narrative(text=story * 60), report=Report(note=note)
    )
    made = render(data, None, ON)
    valid = schema().validate(etree.fromstring(made.xml))
    assert valid or made.faults
    assert all(re.match(r"/(report|institution|subjects|activity|narrative)", fault.pointer) for fault in made.faults)
    assert all(fault.message for fault in made.faults)


@given(st.text(), st.integers(1, 50))
def test_parts_of_a_text_are_short_and_lose_no_word(text: str, size: int) -> None:
    found = parts(text, size)
    assert all(part == part.strip() and 0 < len(part) <= size for part in found)
    assert "".join("".join(found).split()) == "".join(parts(text, 10**9)).replace(" ", "")


def _answer(status: str, element: str, number: int) -> bytes:
    return f"""<EFilingBatchXML StatusCode="{status}" SeqNum="1"><EFilingSubmissionXML SeqNum="2" StatusCode="{status}">
      <EFilingActivityXML SeqNum="3"><BSAID>31000055053784</BSAID><EFilingActivityErrorXML SeqNum="4">
      <ErrorContextText>EFilingBatchXML/Activity[1]/Party[9]/PartyName[{number}]/{element}</ErrorContextText>
      <ErrorElementNameText>{element}</ErrorElementNameText><ErrorLevelText>WARN</ErrorLevelText>
      <ErrorText>The element is odd.</ErrorText><ErrorTypeCode>C4</ErrorTypeCode></EFilingActivityErrorXML>
      </EFilingActivityXML></EFilingSubmissionXML></EFilingBatchXML>""".encode()


def test_an_answer_gives_the_bsa_number_and_its_remark_at_the_forms_field() -> None:
    data = make_data()
    name = _root(data).xpath("f:Activity/f:Party[6]/f:PartyName[1]/@SeqNum", namespaces=_NS)[0]
    answer = answers(_answer("A", "RawIndividualFirstName", int(name)), data, ON)[0]
    assert (answer.number, answer.accepted) == ("31000055053784", True)
    assert [(remark.pointer, remark.message) for remark in answer.remarks] == [
        ("/subjects/0/first_name", "The element is odd.")
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"<x/>", b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><EFilingBatchXML StatusCode="A">&b;</EFilingBatchXML>'],
)
def test_what_is_no_acknowledgement_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        answers(content, make_data(), ON)
