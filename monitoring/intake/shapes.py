"""A shape: the cells a delivered row has. Reading a row gives typed values, or every fault with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.exceptions import Fault
from core.words import said
from monitoring.intake.cells import Cell, CellFault
from monitoring.rules.faults import suggestion_for


def _printable(name: object) -> str:
    """A name that somebody made up, as a pointer can be kept: PostgreSQL stores no NUL."""
    return str(name).replace("\0", "\N{REPLACEMENT CHARACTER}")


@dataclass(frozen=True)
class Shape:
    """`one_of`: groups of cells of which at least one must be given."""

    noun: str
    cells: Mapping[str, Cell]
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def required(self) -> list[str]:
        """The names of the cells that no row can do without."""
        return [name for name, cell in self.cells.items() if cell.required]

    def read(self, given: Any) -> tuple[dict[str, Any], Sequence[Fault]]:
        """The typed values of a row, every cell of the shape among them; with faults the values are not whole."""
        if not isinstance(given, Mapping):
            return {}, [Fault("/", said("is no {noun}", noun=self.noun), "an object with named values")]
        faults = [
            Fault(f"/{_printable(name)}", "is no known name", suggestion_for(str(name), self.cells))
            for name in given
            if name not in self.cells
        ]
        values: dict[str, Any] = {}
        for name, cell in self.cells.items():
            value = given.get(name)
            if value is None or value == "":
                values[name] = cell.empty
                if cell.required:
                    faults.append(Fault(f"/{name}", "is missing", cell.help))
                continue
            try:
                values[name] = cell.read(value)
            except CellFault as fault:
                faults.append(Fault(f"/{name}", fault.message, fault.suggestion))
        for names in self.one_of:
            if not faults and not any(values[name] for name in names):
                faults.append(Fault(f"/{names[0]}", "is missing", f"{' or '.join(names)}"))
        return values, faults
