"""What a page shows of a sheet: its blocks with their faults, its parameters, what can be chosen."""

from dataclasses import dataclass, field

from core.words import said
from monitoring.editing.blocks import Input, Operand
from monitoring.editing.choices import Choice, choices_for
from monitoring.editing.inputs import shown_value
from monitoring.editing.outline import Outline
from monitoring.editing.sheet import Sheet
from monitoring.rules.comparisons import bound_text, compared_with
from monitoring.rules.faults import RuleFault, RuleInvalid


@dataclass
class ParameterRow:
    """A parameter: its value and meaning as inputs, and the text of what it is compared with."""

    name: str
    value: Input
    meaning: Input
    slides: str


@dataclass
class SheetView:
    """A sheet to be rendered. `fact_faults` are by the name of the fact; `others` concern no input."""

    sheet: Sheet
    outline: Outline
    parameters: list[ParameterRow]
    choices: dict[str, list[Choice]]
    text: Input
    fact_faults: dict[str, list[RuleFault]] = field(default_factory=dict)
    others: list[RuleFault] = field(default_factory=list)
    count: int = 0

    @property
    def slides(self) -> set[str]:
        """The texts of every bound operand that a slider stands under."""
        operands = [item.slides for item in self.operands] + [row.slides for row in self.parameters]
        return {text for text in operands if text}

    @property
    def operands(self) -> list[Operand]:
        """The operands whose number a slider may set."""
        return [item for item in self.outline.operands if item.slides]


def view_of(sheet: Sheet) -> SheetView:
    """The sheet with every fault where it belongs."""
    outline = Outline(sheet)
    slides = _slides(sheet)
    parameters = []
    for name, value in sheet.values["parameters"].items():
        shown = outline.input("p", name, shown_value(value), name)
        outline.places[f"/parameters/{name}"] = shown
        number = isinstance(value, int | float)
        parameters.append(ParameterRow(
            name, shown, Input(f"m:{name}", sheet.values["meanings"].get(name, ""), said("Meaning")),
            slides.get(name, "") if number else "",
        ))  # fmt: skip
    for operand in outline.operands:
        operand.slides = bound_text(operand.against, sheet.values["parameters"]) if operand.against else ""
    text = Input("text", sheet.unread.get("text", sheet.text), said("As text"), path="/text")
    outline.places["/text"] = text
    faults = sheet.faults()
    made = SheetView(sheet, outline, parameters, choices_for(sheet), text, count=len(faults))
    for fault in outline.tell(faults):
        name = fault.path.strip("/").partition("/")[0]
        if name in sheet.values and name not in {"rule", "measures", "parameters"}:
            made.fact_faults.setdefault(name, []).append(fault)
        else:
            made.others.append(fault)
    return made


def _slides(sheet: Sheet) -> dict[str, str]:
    try:
        return compared_with(sheet.definition().checked())
    except RuleInvalid:
        return {}
