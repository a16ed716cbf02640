"""What differs between two versions of a scenario: the tree and the parameters, old beside new."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from monitoring.editing.inputs import shown_value
from monitoring.editing.sheet import sheet_of
from monitoring.scenarios.catalogue import ScenarioDefinition

_FACTS = ("title", "typology", "severity", "sentence", "cool_down", "min_history_days", "rationale", "reference")


@dataclass(frozen=True)
class Difference:
    """A line of the text, or a named value: before and after. An empty side was or is not there."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the two sides differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Differences:
    """`lines` are those of the whole text, also what is the same; `values` only what changed."""

    lines: list[Difference]
    values: list[Difference]

    @property
    def is_any(self) -> bool:
        """Whether anything differs."""
        return bool(self.values) or any(line.is_changed for line in self.lines)


def differences(before: ScenarioDefinition, after: ScenarioDefinition) -> Differences:
    """What differs; both definitions must be valid."""
    old, new = (sheet_of(definition).text.splitlines() for definition in (before, after))
    lines: list[Difference] = []
    for _, left, right, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs = zip_longest(old[left:right], new[low:high], fillvalue="")
        lines += [Difference("", first, second) for first, second in pairs]
    names = dict.fromkeys((*before.parameters, *after.parameters))
    values = [Difference(f"${name}", *(_value(side.parameters, name) for side in (before, after))) for name in names]
    values += [
        Difference(name.replace("_", " "), str(getattr(before, name)), str(getattr(after, name))) for name in _FACTS
    ]
    return Differences(lines, [item for item in values if item.is_changed])


def _value(parameters: dict[str, object], name: str) -> str:
    return shown_value(parameters[name]) if name in parameters else ""
