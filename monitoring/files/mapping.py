"""How the columns of a file are those of a domain: saved as YAML, and recognised by the file's header.

name: AMLworld
domain: finance
columns:
  sender_account: {columns: [From Bank, Account], join: "_"}
  timestamp: {column: Timestamp, format: "%Y/%m/%d %H:%M"}
  amount: Amount Paid
values: {currency: {US Dollar: USD}}
constants: {transaction_type: transfer}
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitoring.domains.base import Domain
from monitoring.rules.faults import suggestion_for

_FOLDER = Path(__file__).parent.parent / "formats"
_KEYS = ("name", "domain", "columns", "values", "constants")


class MappingInvalid(Exception):
    """The mapping does not fit; the message says where and what instead."""


@dataclass(frozen=True)
class Source:
    """Where a column comes from: columns of the file, joined; a time format, or hours or days counted from a moment."""

    columns: tuple[str, ...]
    join: str = ""
    format: str = ""
    count: str = ""
    since: str = ""


@dataclass(frozen=True)
class FileMapping:
    """Columns of a domain taken from a file, values renamed, and columns that are always the same."""

    name: str
    columns: Mapping[str, Source]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def needed(self) -> set[str]:
        """The columns a file must have."""
        return {column for source in self.columns.values() for column in source.columns}


def mapping_of(data: Any, domain: Domain) -> FileMapping:
    """The mapping to a domain's columns in YAML `data`; raises MappingInvalid."""
    return mapping_from(data, domain.files.columns, domain.code)


def mapping_from(data: Any, known: Collection[str], noun: str) -> FileMapping:
    """The mapping to the columns `known`, which `noun` has; raises MappingInvalid."""
    if not isinstance(data, Mapping) or not isinstance(data.get("columns"), Mapping):
        raise MappingInvalid("a mapping has `columns`: the domain's column, then the file's")
    for key in data:
        if key not in _KEYS:
            raise MappingInvalid(f"/{key} is no part of a mapping: {suggestion_for(str(key), _KEYS)}")
    for part in ("columns", "values", "constants"):
        for name in data.get(part) or {}:
            if name not in known:
                raise MappingInvalid(f"/{part}/{name} is no column of {noun}: {suggestion_for(str(name), known)}")
    columns = {name: _source(told, f"/columns/{name}") for name, told in data["columns"].items()}
    values = {name: dict(told) for name, told in (data.get("values") or {}).items()}
    return FileMapping(str(data.get("name", "")), columns, values, dict(data.get("constants") or {}))


def _source(told: Any, path: str) -> Source:
    if isinstance(told, str):
        return Source((told,))
    if isinstance(told, Mapping):
        columns = told.get("columns") or [told.get("column")]
        rest = {key: str(value) for key, value in told.items() if key not in {"column", "columns"}}
        if all(isinstance(name, str) for name in columns) and set(rest) <= {"join", "format", "count", "since"}:
            return Source(tuple(columns), **rest)
    raise MappingInvalid(f"{path} is neither a column's name nor {{column, format}} nor {{columns, join}}")


def saved_mapping(path: Path, domain: Domain) -> FileMapping:
    """The mapping in a YAML file; raises MappingInvalid."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MappingInvalid(f"{path} cannot be read as YAML: {error}") from error
    return mapping_of(data, domain)


def recognised(header: Sequence[str], domain: Domain) -> FileMapping:
    """The mapping for a file with this header: the domain's own columns, or the known format that takes most of it.

    Raises MappingInvalid where neither fits.
    """
    own = {name: Source((name,)) for name in header if name in domain.files.columns}
    required = {name for name, column in domain.files.columns.items() if column.required}
    if required <= set(own):
        return FileMapping("", own)
    fitting = [item for item in known_formats(domain) if item.needed <= set(header)]
    if fitting:
        return max(fitting, key=lambda item: len(item.needed))
    missing = ", ".join(f"`{name}`" for name in sorted(required - set(own)))
    raise MappingInvalid(f"the file has no column {missing} and is of no known format; give a mapping")


def known_formats(domain: Domain) -> list[FileMapping]:
    """The formats that are recognised by their header; one YAML file each."""
    return [mapping_of(data, domain) for data in format_files() if data["domain"] == domain.code]


def format_files() -> list[dict[str, Any]]:
    """The shipped mappings as they are written."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))]
