"""FinCEN SAR (form SARX) as batch XML, schema 1.2 of 2021-12-17, by the XML user guide 1.6.

`EFL_SARXBatchSchema.xsd` is FinCEN's, a work of the United States government (17 USC 105), as moov-io/fincen
distributes it under the Apache licence beside it.
"""

from collections.abc import Sequence
from datetime import date

from cases.filings.form.shapes import FilingData
from cases.filings.formats.base import Answer, Choices, Format, Profile, Rendered, register_format
from cases.filings.formats.fincen.acknowledgement import read_acknowledgement
from cases.filings.formats.fincen.codes import code_list, schema
from cases.filings.formats.fincen.rules import broken_rules
from cases.filings.formats.fincen.writer import written
from cases.filings.formats.xml import merged, schema_faults, serialised


def render(data: FilingData, profile: Profile | None, filed_on: date) -> Rendered:
    """The batch of one report, with what breaks FinCEN's rules and what its schema refuses."""
    root, places = written(data, filed_on)
    rules = broken_rules(data, filed_on)
    return Rendered(serialised(root), merged(rules, schema_faults(schema(), root, places)))


def choices(name: str, profile: Profile | None) -> Choices:
    """The codes of a field's list with FinCEN's own words."""
    return code_list(name)


def answers(content: bytes, data: FilingData, filed_on: date) -> Sequence[Answer]:
    """What an acknowledgement says of the reports of its batch; `data` and `filed_on` are those of the report sent."""
    return read_acknowledgement(content, *written(data, filed_on))


FINCEN = register_format(Format("fincen_sar", "FinCEN SAR", render, choices, answers))
