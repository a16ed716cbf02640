"""goAML reports: valid against every FIU's schema, written by the schema, and what has no place is said."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cases.filings.form.shapes import FilingData, Narrative, Subject, Transaction
from cases.filings.formats.base import Profile
from cases.filings.formats.goaml import check_schema, choices, render
from cases.filings.formats.goaml.reading import schema_in
from cases.filings.services import save_profile
from core.actor import system_actor
from core.exceptions import InvalidInput
from tests.factories.filings import INSTITUTION, ON, STORY, make_data, ten_reports

SHARED = (
    Path(os.environ.get("PROBITY_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
    / "xsd"
    / "goaml"
)
SMALL = (Path(__file__).parent / "schemas" / "goaml_small.xsd").read_bytes()
FIUS = (
    "kasun/goAMLSchema-Version_2.0.xsd", "thecury/goAMLSchema.xsd", "vyttah/assets/goAMLSchema.xsd",
    "vyttah/src/main/resources/xsd/goaml/5.0.2/goAMLSchema.xsd",
)  # fmt: skip
# What a house agrees with its FIU to write where nothing is known.
UNKNOWN = dict.fromkeys(
    ("first_name", "last_name", "name", "commercial_name", "city", "business", "account_name", "institution_name", "occupation"),
    "Unknown",
) | dict.fromkeys(("id_number", "passport_number", "incorporation_number", "institution_code", "client_number", "tph_number",
                   "tax_reg_number", "balance", "significance"), "0000") | dict.fromkeys(
    ("birthdate", "opened", "incorporation_date"), "1900-01-01T00:00:00"
) | {"address": "Unknown address", "account_type": "-"}  # fmt: skip


def _report(data: FilingData, indicator: str = "I1") -> FilingData:
    """The data with what every goAML report names."""
    return data.model_copy(update={
        "institution": data.institution.model_copy(update={"entity_id": "471"}),
        "report": data.report.model_copy(update={"code": "STR", "reference": "REPORT-1"}),
        "activity": data.activity.model_copy(update={"indicators": [indicator]}),
    })  # fmt: skip


def _profile(**defaults: Any) -> Profile:
    return Profile(SMALL, {}, UNKNOWN | defaults)


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="the FIUs' schemas are not on this machine")
@pytest.mark.parametrize("name", list(ten_reports()))
@pytest.mark.parametrize("fiu", FIUS)
def test_every_profile_takes_every_generated_report(fiu: str, name: str) -> None:
    content = (SHARED / fiu).read_bytes()
    schema = schema_in(content)
    funds = next(code for code in schema.codes_of("funds_type") if code.strip("-"))
    profile = Profile(content, {}, UNKNOWN | {"funds_type": funds})
    made = render(_report(ten_reports()[name], schema.codes_of("report_indicator_type")[0]), profile, ON)
    assert made.faults == ()
    assert schema.compiled.validate(etree.fromstring(made.xml))


@pytest.mark.parametrize("name", list(ten_reports()))
def test_a_profile_of_our_own_takes_every_generated_report(name: str) -> None:
    made = render(_report(ten_reports()[name]), _profile(), ON)
    assert made.faults == ()
    assert schema_in(SMALL).compiled.validate(etree.fromstring(made.xml))


def test_a_report_names_every_transaction_and_its_side() -> None:
    root = etree.fromstring(render(_report(make_data()), _profile(), ON).xml)
    assert root.xpath("transaction/transactionnumber/text()") == ["T-0", "T-1", "T-2"]
    assert root.xpath("transaction[2]/t_to/to_account/account/text()") == ["DE89370400440532013000"]
    assert root.xpath("transaction[2]/t_from/from_account/account/text()") == ["AC-1"]


def test_a_report_without_transactions_is_one_of_activity() -> None:
    root = etree.fromstring(render(_report(make_data(transactions=[])), _profile(), ON).xml)
    assert root.xpath("activity/report_parties/report_party/person/last_name/text()") == ["Sample"]


def test_names_of_other_scripts_are_written_as_the_schema_takes_them() -> None:
    root = etree.fromstring(
        render(_report(ten_reports()["arabic"].model_copy(update={"transactions": []})), _profile(), ON).xml
    )
    assert root.xpath("activity//last_name/text()")[0].isascii()


def test_what_the_schema_has_no_place_for_is_said() -> None:
    told = {fault.pointer for fault in render(_report(make_data()), _profile(), ON).left_out}
    assert "/institution/currency" in told
    assert "/narrative/text" not in told


def test_a_narrative_that_finds_no_room_is_a_fault() -> None:
    made = render(_report(make_data(narrative=Narrative(text=STORY * 300))), _profile(), ON)
    assert [(fault.pointer, fault.message) for fault in made.faults] == [
        ("/narrative/text", "is longer than this receiver takes")
    ]


def test_what_a_schema_asks_for_and_nobody_knows_is_told_at_the_forms_field() -> None:
    data = _report(make_data(subjects=[Subject(last_name="Doe")], transactions=[]))
    faults = render(data, Profile(SMALL), ON).faults
    assert [(fault.pointer, fault.message) for fault in faults] == [
        ("/subjects/0", "lacks “first name”, which this receiver asks for")
    ]


def test_codes_are_the_profiles_words_or_the_schemas_own() -> None:
    assert choices("indicators", _profile()) == {"I1": "I1", "I2": "I2"}
    assert choices("reports", Profile(SMALL, {"reports": {"STR": "Suspicion"}})) == {"STR": "Suspicion"}


_TEXT = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(Subject, kind=st.sampled_from(["person", "entity", "unknown"]), last_name=_TEXT, first_name=_TEXT), max_size=3),
    st.lists(st.builds(Transaction, number=_TEXT, on=st.none() | st.dates(), amount=st.none() | st.decimals(0, 10**9, places=2),
                       account=_TEXT, counterparty=_TEXT, counterparty_account=_TEXT), max_size=3),
    st.text(max_size=300),
)  # fmt: skip
def test_whatever_is_typed_the_xml_is_valid_or_the_form_says_why_not(
    subjects: list[Subject], transactions: list[Transaction], story: str
) -> None:
    data = _report(make_data(subjects=subjects, transactions=transactions, narrative=Narrative(text=story * 40)))
    made = render(data, _profile(), ON)
    assert schema_in(SMALL).compiled.validate(etree.fromstring(made.xml)) or made.faults
    assert all(fault.pointer.startswith("/") and fault.message for fault in made.faults)


@pytest.mark.parametrize("content", [
    b"no xml", b"<a/>", b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:string"/></xs:schema>',
    b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="http://h/x.xsd"/></xs:schema>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
])  # fmt: skip
def test_a_file_that_is_no_report_schema_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        check_schema(content)


@pytest.mark.django_db
def test_a_profile_keeps_its_schema_until_another_is_uploaded() -> None:
    told = {"code": "fiu", "title": "FIU", "format": "goaml", "institution": INSTITUTION.model_dump(mode="json")}
    by = system_actor("tests")
    with pytest.raises(InvalidInput, match="needs the receiver's schema"):
        save_profile(**told, by=by)
    first = save_profile(**told, schema=SMALL, by=by)
    second = save_profile(**told, deadline_days=3, by=by)
    first.refresh_from_db()
    assert (first.is_active, second.number, second.schema_sha256) == (False, 2, first.schema_sha256)
