"""What a model looks at: features as operands of the rule language, so that rules and models measure the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.words import said

EVENT = ""


@dataclass(frozen=True, eq=False)
class Feature:
    """One measure of a row. `operand` is one of the rule language; without it a builder of `propagation` makes it.

    `label` says what it is in plain words, `sentence` what a value says of the event: `{value}` and `{side}` are put in, and
    `values`, which are a feature's own.
    `decimals` are shown; `group` is the heading in the catalogue. `is_category`: a text, encoded by how frequent it is;
    `is_condition`: 1 where the condition in `operand` holds, 0 where not.
    """

    code: str
    label: str
    group: str
    operand: Any = None
    decimals: int = 0
    sentence: str = ""
    is_category: bool = False
    is_condition: bool = False
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, value: Any, side: str = "") -> str:
        """A value of the feature in words."""
        if value is None:
            return (
                said("{label} ({side}): not known", label=self.label, side=side) if side
                else said("{label}: not known", label=self.label)
            )  # fmt: skip
        shown = str(value) if isinstance(value, str) else f"{value:,.{self.decimals}f}"
        return said(self.sentence or "{label}: {value}", value=shown, side=side, label=self.label, **self.values)


@dataclass(frozen=True)
class Column:
    """A feature as it is in the matrix: of the event itself, or of one of its sides."""

    feature: Feature
    side: str = EVENT

    @property
    def code(self) -> str:
        """Its name in the matrix, in files and in the catalogue."""
        return f"{self.side}_{self.feature.code}" if self.side else self.feature.code

    def told(self, value: Any) -> str:
        """A value of it in words."""
        return self.feature.told(value, self.side)


@dataclass(frozen=True)
class FeatureSet:
    """The features of a domain. `sides` are the rows of an event (name → value of `side_field`); `own` features are
    taken of every side, `event` features once. `segment` is the field whose values are compared among themselves."""

    domain: str
    event: tuple[Feature, ...]
    own: tuple[Feature, ...] = ()
    side_field: str = ""
    sides: Mapping[str, str] = field(default_factory=dict)
    segment: str = ""
    typologies: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that a matrix of this set has, in order."""
        both = [Column(feature, side) for side in self.sides for feature in self.own]
        return (*(Column(feature) for feature in self.event), *both)
