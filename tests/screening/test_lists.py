"""List formats, on files written here (all fictional) and, where it is there, on published data."""

import os
from pathlib import Path

import pytest

from screening.lists import internal_csv, ofac_sdn, un_xml

SHARED = Path(os.environ.get("PROBITY_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "lists"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published lists are not on this machine")
SDN = '7,"SPECIMEN, Otto Fiktion",individual,"DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 14 Mar 1969; nationality Germany; Gender Male; Passport X123456 (Germany); a.k.a. \'BAKER\'."\n'
SDN += '8,"FICTION SHIPPING LTD.",-0- ,"DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\x1a\n'
UN = """<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>OTTO</FIRST_NAME><SECOND_NAME>FIKTION</SECOND_NAME>
<REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><UN_LIST_TYPE>Demo</UN_LIST_TYPE><NATIONALITY><VALUE>Germany</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Baker</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>FICTION WORKS</FIRST_NAME><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""


def _ofac(folder: Path, sdn: str = SDN, alt: str = '7,1,"aka","MUSTER, Otto",-0- \n', add: str = "") -> Path:
    for name, text in (("sdn", sdn), ("alt", alt), ("add", add or '7,1,"Street 1","Kiel","Germany",-0- \n')):
        (folder / f"{name}.csv").write_text(text)
    return folder


def test_ofac_remarks_give_birth_date_nationality_id_and_weak_alias(tmp_path: Path) -> None:
    entry = ofac_sdn.parse(_ofac(tmp_path)).entries[0]
    assert (entry.name, entry.birth_dates, entry.countries) == ("Otto Fiktion SPECIMEN", ("1969-03-14",), ("DE",))
    assert (entry.weak_aliases, entry.aliases, entry.gender) == (("BAKER",), ("Otto MUSTER",), "male")
    assert "X123456" in entry.id_numbers


def test_ofac_remarks_give_every_year_of_a_range_and_numbers_of_organisations(tmp_path: Path) -> None:
    remarks = "DOB 1960 to 1962; Tax ID No. 6317063064 (Germany); Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h."
    row = f'7,"SPECIMEN, Otto",individual,"SDGT] [SYRIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{remarks}"\n'
    entry = ofac_sdn.parse(_ofac(tmp_path, sdn=row)).entries[0]
    assert (entry.birth_dates, entry.programs) == (("1960", "1961", "1962"), ("SDGT", "SYRIA"))
    assert entry.id_numbers == ("6317063064", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h")


def test_ofac_of_mixed_dates_is_refused(tmp_path: Path) -> None:
    orphans = "".join(f'{number},1,"aka","X",-0- \n' for number in range(100, 120))
    parsed = ofac_sdn.parse(_ofac(tmp_path, alt=orphans))
    assert not parsed.entries
    assert "rows of no entry: 20" in parsed.faults[0].message


def test_ofac_with_wrong_columns_names_the_line(tmp_path: Path) -> None:
    parsed = ofac_sdn.parse(_ofac(tmp_path, sdn=SDN + "9,too,few\n"))
    assert parsed.faults[0].where == "sdn.csv line 4"


def test_ofac_without_a_file_names_it(tmp_path: Path) -> None:
    _ofac(tmp_path)
    (tmp_path / "alt.csv").unlink()
    assert "alt.csv" in ofac_sdn.parse(tmp_path).faults[0].where


def test_un_gives_people_and_entities_with_ranges_and_weak_aliases(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text(UN)
    person, entity = un_xml.parse(path).entries
    assert (person.name, person.birth_dates, person.weak_aliases) == (
        "OTTO FIKTION",
        ("1960", "1961", "1962"),
        ("Baker",),
    )
    assert (entity.schema, entity.source_id) == ("Organization", "XXe.001")


def test_un_that_is_not_well_formed_is_recovered_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text(UN.replace("</INDIVIDUALS>", ""))
    parsed = un_xml.parse(path)
    assert "not well-formed" in parsed.doubts[0].message
    assert len(parsed.entries) == 2


def test_un_does_not_resolve_external_entities(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret-marker")
    path = tmp_path / "un.xml"
    path.write_text(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>' + UN.replace("OTTO", "&e;"))
    assert "secret-marker" not in str(un_xml.parse(path))


@pytest.mark.parametrize("text", ["", "<html/>", "no xml", "<CONSOLIDATED_LIST/>"])
def test_un_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "un.xml"
    path.write_text(text)
    assert un_xml.parse(path).faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("source_id,name\n1,A\n", "has no column `schema`"),
        ("source_id,schema,name,colour\n1,Person,A,red\n", "`colour` is no column"),
        ("source_id,schema,name\n1,Persona,A\n", "`Persona` is no schema"),
        ("source_id,schema,name\n1,Person,\n", "needs a name with letters"),
        ("source_id,schema,name\n1,Person,A\n1,Person,B\n", "a source_id of its own"),
        ("source_id,schema,name\n", "holds no entry"),
        ("source_id,schema,name,birth_dates\n1,Person,A,1.2.1960\n", "is no birth date"),
        ("source_id,schema,name,countries\n1,Person,A,Narnia\n", "is no country name or code"),
        ("source_id,schema,name\n1,Person,A,B\n", "another number of cells"),
    ],
)
def test_internal_csv_with_a_fault_says_what(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    parsed = internal_csv.parse(path)
    assert not parsed.entries
    assert any(told in fault.message for fault in parsed.faults)


@needs_shared
@pytest.mark.shared_data
def test_published_lists_parse_whole() -> None:
    assert len(ofac_sdn.parse(SHARED / "ofac_2024-01-11").entries) == 13827
    assert len(un_xml.parse(SHARED / "un" / "un_2026-02.xml").entries) == 1003


@needs_shared
@pytest.mark.shared_data
def test_the_malformed_published_list_is_recovered_and_flagged_with_lines() -> None:
    parsed = un_xml.parse(SHARED / "un" / "un_2025-08_malformed.xml")
    assert "line 53" in parsed.doubts[0].where
    assert len(parsed.entries) == 879
