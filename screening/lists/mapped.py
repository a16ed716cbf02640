"""Any CSV or JSON file with a mapping beside it: `list.csv` and `list.csv.yaml` (or `.json`), or both in one folder.

source_id: reference          # a column, or a list of columns joined by a blank
schema: {column: type, values: {P: Person, E: Company}, default: Person}
name: [first_name, last_name]
aliases: {column: aka, split: "|"}
birth_dates: born
constants: {programs: [WATCH]}
delimiter: ";"
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from screening.lists.base import PERSON, SCHEMAS, ListFault, ListFormat, ParsedList, register_format
from screening.lists.draft import Draft, joined, parsed
from screening.lists.tables import open_text, rows_of

_FIELDS = ("source_id", "schema", "name", "aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses",
           "programs", "positions", "topics", "gender", "remarks")  # fmt: skip
_OTHER = ("constants", "delimiter")


class _BadMapping(Exception):
    """The mapping is not usable; says why."""


@dataclass(frozen=True)
class _Source:
    """Where a field comes from."""

    columns: tuple[str, ...]
    split: str = ""
    values: tuple[tuple[str, str], ...] = ()
    default: str = ""

    def read(self, row: dict[str, str]) -> list[str]:
        text = joined(row.get(column, "") for column in self.columns) or self.default
        parts = [part.strip() for part in text.split(self.split)] if self.split else [text]
        known = dict(self.values)
        return [known.get(part, part if not known else self.default) for part in parts if part]


def parse(path: Path) -> ParsedList:
    """The entries of the mapped file. A mapping with an unknown field, or a column that is not there, is a fault."""
    try:
        data, mapping = _files(path)
        sources, told = _sources(mapping)
        rows = list(_rows(data, sources, str(told.get("delimiter", ","))))
        return parsed(data, _drafts(rows, sources, told.get("constants", {})))
    except (_BadMapping, ValueError, yaml.YAMLError) as error:
        return ParsedList((), (ListFault(path.name, str(error).split("\n")[0]),))


def _files(path: Path) -> tuple[Path, dict[str, Any]]:
    if path.is_dir():
        files = [
            item
            for item in sorted(path.iterdir())
            if item.suffix in {".csv", ".json", ".gz"} and "mapping" not in item.stem
        ]
        mappings = [path / f"mapping.{ending}" for ending in ("yaml", "yml", "json")]
    else:
        files, mappings = [path], [path.with_name(f"{path.name}.{ending}") for ending in ("yaml", "yml", "json")]
    found = next((item for item in mappings if item.is_file()), None)
    if found is None or not files:
        raise _BadMapping(f"needs a data file and a mapping beside it ({', '.join(item.name for item in mappings)})")
    mapping = yaml.safe_load(found.read_text(encoding="utf-8"))
    if not isinstance(mapping, dict):
        raise _BadMapping("the mapping is no mapping of fields to columns")
    return files[0], mapping


def _sources(mapping: dict[str, Any]) -> tuple[dict[str, _Source], dict[str, Any]]:
    unknown = [name for name in mapping if name not in (*_FIELDS, *_OTHER)]
    if unknown or "source_id" not in mapping or "name" not in mapping:
        raise _BadMapping(f"the mapping needs source_id and name; {', '.join(unknown) or 'nothing'} is no field of it")
    sources = {name: _source(mapping[name]) for name in _FIELDS if name in mapping}
    return sources, {name: mapping[name] for name in _OTHER if name in mapping}


def _source(told: Any) -> _Source:
    if isinstance(told, dict):
        columns = told.get("column", told.get("columns", []))
        values = tuple((str(key), str(value)) for key, value in (told.get("values") or {}).items())
        return _Source(_names(columns), str(told.get("split", "")), values, str(told.get("default", "")))
    return _Source(_names(told))


def _names(told: Any) -> tuple[str, ...]:
    return tuple(map(str, told)) if isinstance(told, list) else (str(told),)


def _rows(data: Path, sources: dict[str, _Source], delimiter: str) -> Iterator[tuple[str, dict[str, str]]]:
    needed = dict.fromkeys(column for source in sources.values() for column in source.columns)
    if ".json" not in data.suffixes:
        yield from ((f"line {line}", row) for line, row in rows_of(data, *needed, delimiter=delimiter))
        return
    with open_text(data) as stream:
        records = json.load(stream)
    if not isinstance(records, list):
        raise _BadMapping("holds no array of records")
    for number, record in enumerate(records, start=1):
        yield f"record {number}", {str(name): _flat(value) for name, value in record.items()}


def _flat(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _drafts(rows: Iterable[tuple[str, dict[str, str]]], sources: dict[str, _Source], constants: Any) -> Iterator[Draft]:
    for where, row in rows:
        told = {
            name: [part for text in source.read(row) for part in text.split("\n") if part]
            for name, source in sources.items()
        }
        told |= {str(name): told.get(name, []) + list(values) for name, values in dict(constants).items()}
        draft = Draft(" ".join(told.get("source_id", [])), (told.get("schema") or [PERSON])[0], where)
        if draft.schema not in SCHEMAS:
            raise _BadMapping(f"{where}: `{draft.schema}` is no schema; one of {', '.join(SCHEMAS)}")
        for name in (*told.get("name", [])[:1], *told.get("aliases", [])):
            draft.name(name)
        for name in told.get("weak_aliases", []):
            draft.name(name, weak=True)
        for text in told.get("birth_dates", []):
            draft.born(text)
        for text in told.get("countries", []):
            draft.country(text)
        draft.gendered(" ".join(told.get("gender", [])))
        for name in ("id_numbers", "addresses", "programs", "positions", "topics", "remarks"):
            getattr(draft, name).extend(told.get(name, []))
        yield draft


register_format(ListFormat("mapped", "Any CSV or JSON with a mapping (ZIP of both)", "internal", parse))
