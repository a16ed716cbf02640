"""goAML reports (UNODC), written by the schema that the country's FIU hands out: no two are alike, so none is built in.

The schema is read as a tree; the report's facts are laid into it element by element. What a schema has no place for is
left out and said so, what it asks for and nobody knows is taken from the profile's defaults or told at the form's field.
"""

from datetime import date
from typing import Any

from cases.filings.form.narrative import unmarked
from cases.filings.form.shapes import FilingData
from cases.filings.form.text import parts, printable
from cases.filings.formats.base import Choices, Format, Profile, Rendered, register_format
from cases.filings.formats.goaml.facts import report_facts
from cases.filings.formats.goaml.filling import filled
from cases.filings.formats.goaml.reading import Schema, schema_in
from cases.filings.formats.goaml.rules import broken_rules
from cases.filings.formats.xml import merged, schema_faults, serialised
from core.exceptions import Fault, InvalidInput

_LISTS = {"indicators": "report_indicator_type", "reports": "report_type"}


def _schema(profile: Profile | None) -> Schema:
    if profile is None or not profile.schema:
        raise ValueError("a goAML report needs its receiver's schema")
    return schema_in(profile.schema)


def render(data: FilingData, profile: Profile | None, filed_on: date) -> Rendered:
    """The report, with what breaks the rules, what the schema asks for, and what it has no place for."""
    schema = _schema(profile)
    defaults = profile.defaults if profile else {}
    made = filled(schema, report_facts(data, filed_on, defaults, schema.room_for_words()), defaults)
    gaps = made.faults or schema_faults(
        schema.compiled, made.root, made.places
    )  # a gap makes the schema complain twice
    refused = [*_unplaced_words(data, made.root, schema), *gaps]
    return Rendered(serialised(made.root), merged(broken_rules(data, filed_on), refused), made.left_out)


def _unplaced_words(data: FilingData, root: Any, schema: Schema) -> list[Fault]:
    """A fault where the schema's fields for words do not take the whole narrative."""
    texts = {element.text for element in root.iter() if element.text}
    wanted = parts(printable(unmarked(data.narrative)), schema.room_for_words())
    told = f"its fields for words take {schema.room_for_words():,} characters each"
    return [] if texts >= set(wanted) else [Fault("/narrative/text", "is longer than this receiver takes", told)]


def choices(name: str, profile: Profile | None) -> Choices:
    """The receiver's codes: as the profile words them, or the schema's bare codes."""
    told = profile.codes.get(name) if profile else None
    if told or name not in _LISTS:
        return told or {}
    return {code: code for code in _schema(profile).codes_of(_LISTS[name]) if code.strip("-")}


def check_schema(content: bytes) -> None:
    """Raises InvalidInput for a file that is no schema of goAML reports."""
    schema = Schema(content)
    names = {item.name for item in schema.elements_of(schema.root)}
    if not {"rentity_id", "report_code"} <= names:
        told = "it must describe a report with rentity_id and report_code"
        raise InvalidInput("This is no schema of goAML reports.", [Fault("/schema", "is another schema", told)])


GOAML = register_format(Format("goaml", "goAML", render, choices, check_schema=check_schema))
