"""A sheet is one tree: what its blocks and its text say is the same, whichever is edited."""

import pytest

from monitoring.editing.changes import changed
from monitoring.editing.choices import choices_for, suggestions_in
from monitoring.editing.outline import Outline
from monitoring.editing.page import view_of
from monitoring.editing.sheet import load_sheet, sheet_of
from monitoring.scenarios.catalogue import shipped_scenarios
from tests.factories.monitoring import LISTS

SHEETS = {item.code: sheet_of(item) for domain in ("finance", "pharma") for item in shipped_scenarios(LISTS, domain)}


@pytest.fixture
def sheet():
    return SHEETS["structuring"]


@pytest.mark.parametrize("name", ["c:/rule/all/1", "g:/rule"])
def test_a_test_that_the_page_does_not_offer_changes_nothing(sheet, name):
    assert changed(sheet, {name: "../../etc/passwd"}).values == sheet.values


@pytest.mark.parametrize("code", SHEETS)
def test_every_shipped_scenario_stays_itself_through_blocks_text_and_state(code):
    sheet = SHEETS[code]
    unchanged = {name: shown.value for name, shown in Outline(sheet).inputs.items()}
    assert changed(sheet, unchanged).values == sheet.values
    assert changed(sheet, {"text": sheet.text + "\n"}).values == sheet.values
    assert load_sheet(sheet.dumped()).values == sheet.values
    assert sheet.faults() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"c:/rule/all/1": "between"}, {"between": ["amount", "$threshold", 1000]}),
        ({"c:/rule/all/1": "is_missing"}, {"is_missing": "amount"}),
        ({"o:/rule/all/1/compare/2": "10,500"}, {"compare": ["amount", "<", 10500]}),
        ({"o:/rule/all/1/compare/0": "sum(amount in 7d)"}, {"compare": [{"sum": {"of": "amount", "window": "7d"}}, "<", "$threshold"]}),
        ({"do": "name /rule/all/1/compare/2"}, {"compare": ["amount", "<", "$threshold"]}),
    ],
)  # fmt: skip
def test_an_input_changes_its_place_alone(sheet, typed, told):
    made = changed(sheet, typed).values["rule"]["all"]
    assert made[1] == told
    assert (made[0], made[2:]) == (sheet.values["rule"]["all"][0], sheet.values["rule"]["all"][2:])


def test_conditions_are_added_grouped_and_removed_but_never_the_last(sheet):
    made = changed(sheet, {"do": "add /rule group"})
    assert made.values["rule"]["all"][4] == {"any": [{"compare": ["amount", ">=", 1000]}]}
    made = changed(made, {"do": "remove /rule/all/4/any/0"})
    for _ in range(6):
        made = changed(made, {"do": "remove /rule/all/0"})
    assert len(made.values["rule"]["all"]) == 1


def test_the_function_of_an_aggregate_changes_with_what_it_needs(sheet):
    made = changed(sheet, {"f:/measures/near_count": "sum"}).values["measures"]["near_count"]
    assert list(made) == ["sum"]
    assert made["sum"]["of"] == "amount"


def test_faults_stand_at_the_input_they_concern_and_what_was_typed_stays(sheet):
    made = changed(sheet, {"o:/rule/all/0/compare/0": "amont", "o:/rule/all/1/compare/2": "sum(am"})
    view = view_of(made)
    marked = {name: (shown.value, shown.faults[0].code) for name, shown in view.outline.inputs.items() if shown.faults}
    assert marked == {
        "o:/rule/all/0/compare/0": ("amont", "unknown_field"), "o:/rule/all/1/compare/2": ("sum(am", "not_readable")
    }  # fmt: skip
    assert suggestions_in(view.outline.inputs["o:/rule/all/0/compare/0"].faults[0]) == ["amount"]


def test_a_fault_in_the_text_says_line_and_character(sheet):
    fault = changed(sheet, {"text": "amount >= 3\nand amount <"}).faults()[0]
    assert (fault.path, fault.message) == ("/text", "line 2, character 13 ends too early")


def test_choices_fit_the_type_that_is_asked_for(sheet):
    choices = {name: {choice.value for choice in found} for name, found in choices_for(sheet).items()}
    assert {"amount", "$threshold", "near_count", "count(in 7d)"} <= choices["number"]
    assert "counterparty_country" not in choices["number"]
    assert "counterparty_country" in choices["text"]


def test_a_button_that_no_longer_fits_does_nothing(sheet):
    for do in (
        "remove /rule/all/99",
        "add /measures/none",
        "put /nowhere x",
        "name /rule",
        "rubbish",
        "unmeasure /measures/x",
    ):
        assert changed(sheet, {"do": do}).values == sheet.values
