"""What an export is, and the registry of exports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

Cells = tuple[Any, ...]
_registry: dict[str, "Export"] = {}


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both within, for a person: what they may not see is not in it."""

    principal: Any
    first: date
    last: date


@dataclass(frozen=True)
class Table:
    """One sheet: its name, the columns, and rows that are read while they are written."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[Period], Iterator[Cells]]


@dataclass(frozen=True)
class Export:
    """`formats` are `csv` (the first table), `xlsx` (all) or `pdf` (all, on paper)."""

    code: str
    title: str
    sentence: str
    tables: Callable[[Period], tuple[Table, ...]]
    formats: tuple[str, ...] = ("csv", "xlsx")
    filename: str = ""


def register_export(item: Export) -> Export:
    """Makes an export known; raises ValueError where its code is taken."""
    if item.code in _registry:
        raise ValueError(f"the export {item.code} is registered twice")
    _registry[item.code] = item
    return item


def all_exports() -> dict[str, Export]:
    """Every export by its code; the modules of `kinds` are loaded on first use."""
    if not _registry:
        package = import_module("reporting.exports.kinds")
        for found in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{found.name}")
    return _registry
