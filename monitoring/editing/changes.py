"""What was posted put into a sheet: typed values where they differ from what was shown, then what a button does."""

from collections.abc import Mapping
from copy import deepcopy

from monitoring.editing.buttons import act
from monitoring.editing.inputs import read_value, shown_value, take_input
from monitoring.editing.outline import Outline
from monitoring.editing.sheet import Sheet
from monitoring.editing.texts import data_of_whole_text
from monitoring.rules.faults import RuleInvalid

FACTS = ("code", "title", "typology", "severity", "rationale", "reference", "sentence", "cool_down")


def changed(sheet: Sheet, posted: Mapping[str, str]) -> Sheet:
    """A new sheet with what was typed and the button `do` in it. What cannot be read is kept as it was typed."""
    made = Sheet(deepcopy(sheet.values), dict(sheet.unread), sheet.lists)
    if "text" in posted and _plain(posted["text"]) != made.unread.get("text", made.text):
        _take_text(made, _plain(posted["text"]))
        return made
    _take_facts(made, posted)
    _take_parameters(made, posted)
    shown = Outline(made).inputs
    for name in sorted(shown, key=lambda name: -name.count("/")):
        if name in posted and _plain(posted[name]) != shown[name].value:
            take_input(made, name, _plain(posted[name]).strip())
    if posted.get("do"):
        act(made, posted["do"])
    return made


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _take_text(sheet: Sheet, text: str) -> None:
    try:
        rule, measures = data_of_whole_text(text)
    except RuleInvalid:
        sheet.unread["text"] = text
        return
    sheet.values |= {"rule": rule, "measures": measures}
    sheet.unread = {}


def _take_facts(sheet: Sheet, posted: Mapping[str, str]) -> None:
    for name in FACTS:
        if name in posted:
            sheet.values[name] = posted[name].strip()
    days = posted.get("min_history_days", "").strip()
    if days.isdecimal() and len(days) < 5:  # noqa: PLR2004 - more days than there are
        sheet.values["min_history_days"] = int(days)


def _take_parameters(sheet: Sheet, posted: Mapping[str, str]) -> None:
    for name, value in sheet.values["parameters"].items():
        typed = posted.get(f"p:{name}")
        if typed is not None and typed.strip() != shown_value(value):
            sheet.values["parameters"][name] = read_value(typed.strip(), value)
        if f"m:{name}" in posted:
            sheet.values["meanings"][name] = posted[f"m:{name}"].strip()
