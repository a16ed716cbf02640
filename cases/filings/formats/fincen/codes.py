"""FinCEN's code lists, read from the schema's own annotations."""

from functools import cache
from pathlib import Path
from typing import Any

from cases.filings.formats.base import Choices
from cases.filings.formats.xml import parsed, schema_of

_SCHEMA = Path(__file__).parent / "EFL_SARXBatchSchema.xsd"
_XS = "{http://www.w3.org/2001/XMLSchema}"
_LISTS = {
    "classes": "ValidateSuspiciousActivitySubtypeID", "institutions": "ValidateOrganizationCodeType",
    "regulators": "ValidateFederalRegulatorCodeType", "instruments": "ValidateAssetSubtypeIDTypeCode",
}  # fmt: skip
_NEED_WORDS = {"1", "30", "41"}  # "other" products ask for a text of their own; the narrative says it better
_OTHER, _THOUSAND, _HUNDRED = 999, 1000, 100
_PAYMENTS = range(31, 42)


@cache
def schema() -> Any:
    """The schema, compiled once a process."""
    return schema_of(_SCHEMA.read_bytes())


@cache
def code_list(name: str) -> Choices:
    """Code → words; a kind of suspicious activity begins with its family. Empty for an unknown list."""
    if name not in _LISTS:
        return {}
    root = parsed(_SCHEMA.read_bytes())
    found = _enumeration(root, _LISTS[name])
    if name == "classes":
        families = _enumeration(root, "ValidateSuspiciousActivityTypeID")
        return {code: f"{families[family_of(code)]}: {words}" for code, words in found.items()}
    return {code: words for code, words in found.items() if name != "instruments" or code not in _NEED_WORDS}


def _enumeration(root: Any, type_name: str) -> dict[str, str]:
    rows = root.iterfind(f"{_XS}simpleType[@name='{type_name}']/{_XS}restriction/{_XS}enumeration")
    return {row.get("value"): " ".join(row.findtext(f"{_XS}annotation/{_XS}documentation").split()) for row in rows}


def family_of(code: str) -> str:
    """The type that a subtype belongs to: 112 → 1, 1001 → 10, 8999 → 8."""
    number = int(code)
    return str(number // _THOUSAND if number % _THOUSAND == _OTHER else number // _HUNDRED)


def asset_type_of(code: str) -> str:
    """5 for a financial product, 6 for an instrument or payment mechanism."""
    return "6" if int(code) in _PAYMENTS else "5"
