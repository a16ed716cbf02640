"""What a format does, and the registry of formats."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from cases.filings.form.shapes import FilingData
from core.exceptions import Fault

Choices = Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """What a receiver gives: its schema, its code lists (code → words), values a report takes where the form has none."""

    schema: bytes
    codes: Mapping[str, Choices] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """The XML, everything that is wrong with it as a fault of the form (`/subjects/0/birth_date`), and what it leaves out."""

    xml: bytes
    faults: tuple[Fault, ...]
    left_out: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the receiver says of one report: its number there, whether it took it, errors and warnings in words."""

    number: str
    accepted: bool
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Format:
    """`choices` gives the codes of a field's list; `answers` reads what the receiver sends back about a report.

    `check_schema` says that every receiver brings a schema of its own; it raises InvalidInput for one that is no report's."""

    code: str
    title: str
    render: Callable[[FilingData, Profile | None, date], Rendered]
    choices: Callable[[str, Profile | None], Choices]
    answers: Callable[[bytes, FilingData, date], Sequence[Answer]] | None = None
    check_schema: Callable[[bytes], None] | None = None


_formats: dict[str, Format] = {}


def register_format(item: Format) -> Format:
    """Makes a format known; raises ValueError where its code is taken."""
    if item.code in _formats:
        raise ValueError(f"the filing format {item.code} is registered twice")
    _formats[item.code] = item
    return item


def all_formats() -> dict[str, Format]:
    """Every format by its code; the folders beside this file are loaded on first use."""
    if not _formats:
        package = import_module("cases.filings.formats")
        for found in iter_modules(package.__path__):
            if found.ispkg:
                import_module(f"{package.__name__}.{found.name}")
    return _formats
