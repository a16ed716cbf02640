"""A scenario while it is edited: its values as JSON, and what was typed that cannot be read yet."""

import json
import re
from copy import deepcopy
from dataclasses import dataclass, field, fields
from typing import Any as AnyValue

from core.words import said
from monitoring.domains import domains
from monitoring.domains.base import Domain
from monitoring.editing.texts import TEXT_PATH, data_of_whole_text, rooted, text_of_data
from monitoring.rules.faults import RuleFault, RuleInvalid
from monitoring.rules.lists import Lists
from monitoring.rules.literals import data_of
from monitoring.rules.reader import operand_of_text
from monitoring.scenarios.catalogue import ScenarioDefinition

SEVERITIES = ("low", "medium", "high")
_LONGEST, _LONGEST_TYPOLOGY = 120, 20
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LENGTH = re.compile(r"(?:\d+[mhd])?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TYPES: dict[str, type] = {
    "rule": dict,
    "parameters": dict,
    "meanings": dict,
    "measures": dict,
    "min_history_days": int,
}


@dataclass
class Sheet:
    """`values` are those of a ScenarioDefinition; `unread` is by the name of the input what was typed into it;
    `lists` are the named lists there are."""

    values: dict[str, AnyValue]
    unread: dict[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)

    @property
    def domain(self) -> Domain:
        """The domain whose rows are judged."""
        return domains()[self.values["domain"]]

    @property
    def text(self) -> str:
        """The tree as text."""
        values = self.values
        return text_of_data(values["rule"], values["measures"], self.domain, values["parameters"], self.lists)

    def definition(self) -> ScenarioDefinition:
        """The scenario as it would be stored."""
        return ScenarioDefinition(**deepcopy(self.values)).with_lists(self.lists)

    def faults(self) -> list[RuleFault]:
        """Everything that keeps the scenario from being saved."""
        found = [
            *_facts(self.values),
            *(fault for name, typed in self.unread.items() for fault in _unread(name, typed)),
        ]
        try:
            self.definition().checked()
        except RuleInvalid as error:
            found += error.faults
        return found

    def dumped(self) -> str:
        """The sheet as a page keeps it between edits."""
        return json.dumps({"values": self.values, "unread": self.unread}, ensure_ascii=False)


def sheet_of(definition: ScenarioDefinition, lists: Lists | None = None) -> Sheet:
    """The sheet of a stored scenario; short forms such as `fan_in` are written out. `lists` beside those it looks into."""
    rule = definition.checked()
    measures = {measure.name: data_of(measure.operand) for measure in rule.measures}
    return Sheet(
        definition.stored() | {"rule": rooted(data_of(rule.condition)), "measures": measures},
        lists={**(lists or {}), **definition.lists},
    )


def new_sheet(domain: str, lists: Lists | None = None) -> Sheet:
    """A scenario to begin with: one comparison with one parameter."""
    numeric = "amount" if domain == "finance" else "value"
    return Sheet(ScenarioDefinition(
        code="", title="", typology="", severity="medium", rationale="", reference="", domain=domain,
        rule={"all": [{"compare": [numeric, ">=", "$least"]}]}, parameters={"least": 1000}, meanings={"least": ""},
        sentence=said("{{{numeric}:,.2f}}, at least {{least:,.0f}}.", numeric=numeric),
    ).stored(), lists=lists or {})  # fmt: skip


def load_sheet(text: str, lists: Lists | None = None) -> Sheet:
    """The sheet that `dumped` gave; raises ValueError for anything else."""
    data = json.loads(text)
    values, unread = data["values"], data["unread"]
    if {item.name for item in fields(ScenarioDefinition)} - {"lists"} != set(values) or values[
        "domain"
    ] not in domains():
        raise ValueError("these are no values of a scenario")
    for name, value in values.items():
        if not isinstance(value, _TYPES.get(name, str)):
            raise ValueError(f"{name} is of another type")
    if not all(isinstance(item, str) for pair in unread.items() for item in pair):
        raise ValueError("what was typed is text")
    return Sheet(values, unread, lists or {})


def number_or_operand(typed: str) -> AnyValue:
    """The operand that was typed; `10,000` is a number. Raises RuleInvalid."""
    return operand_of_text(typed.replace(",", "") if _THOUSANDS.fullmatch(typed.strip()) else typed)


def _unread(name: str, typed: str) -> list[RuleFault]:
    path = name.partition(":")[2] or TEXT_PATH
    try:
        (data_of_whole_text if path == TEXT_PATH else number_or_operand)(typed)
    except RuleInvalid as error:
        return [RuleFault(path, fault.code, fault.message, fault.suggestion) for fault in error.faults]
    return [RuleFault(path, "not_taken", said("`{typed}` does not fit here", typed=typed[:60]), "another value")]


def _facts(values: dict[str, AnyValue]) -> list[RuleFault]:
    found = [
        RuleFault(f"/{name}", "missing", "is missing", "a few words")
        for name in ("title", "typology", "rationale", "sentence")
        if not values[name].strip()
    ]
    if not _CODE.fullmatch(values["code"]):
        found.append(
            RuleFault("/code", "bad_code", "is no short name", "lower-case letters, digits and _, such as fan_in")
        )
    if values["severity"] not in SEVERITIES:
        found.append(RuleFault("/severity", "bad_severity", "is no severity", ", ".join(SEVERITIES)))
    for name, most in (("title", _LONGEST), ("typology", _LONGEST_TYPOLOGY)):
        if len(values[name]) > most:
            found.append(
                RuleFault(f"/{name}", "too_long", said("has more than {most} characters", most=most), "fewer words")
            )
    if not _LENGTH.fullmatch(values["cool_down"]):
        found.append(RuleFault("/cool_down", "bad_window", "is no length of time", "such as 30m, 24h, 7d"))
    if values["min_history_days"] < 0:
        found.append(RuleFault("/min_history_days", "bad_days", "is no number of days", "0 or more"))
    return found
