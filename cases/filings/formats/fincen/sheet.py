"""A growing FinCEN document."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Any

from lxml import etree

from cases.filings.form.text import latin

NAMESPACE = "www.fincen.gov/base"
YES = "Y"


def tag(name: str) -> str:
    """The name with FinCEN's namespace."""
    return f"{{{NAMESPACE}}}{name}"


@dataclass
class Sheet:
    """The growing document: numbers its elements and remembers which field of the form each came from."""

    places: dict[Any, str] = field(default_factory=dict)
    _last: int = 0

    def group(self, parent: Any, name: str, pointer: str) -> Any:
        """An element with the next sequence number."""
        self._last += 1
        element = etree.SubElement(parent, tag(name), SeqNum=str(self._last))
        self.places[element] = pointer
        return element

    def leaf(self, parent: Any, name: str, value: str, pointer: str) -> None:
        """An element with text, in plain Latin letters; none where there is no text."""
        value = latin(value)
        if value:
            element = etree.SubElement(parent, tag(name))
            element.text = value
            self.places[element] = pointer

    def flag(self, parent: Any, name: str, holds: bool, pointer: str) -> None:
        """An indicator, written only where it holds."""
        if holds:
            self.leaf(parent, name, YES, pointer)


def day(value: date | None) -> str:
    """YYYYMMDD, or nothing."""
    return f"{value:%Y%m%d}" if value else ""


def dollars(value: Decimal | None) -> str:
    """Whole dollars, rounded up (user guide, item 29)."""
    return str(value.to_integral_value(ROUND_UP)) if value is not None else ""
