"""Which values are wanted of which type, and the closed shape in which a model answers."""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

_IDENTITY = (
    "surname", "given_names", "document_number", "date_of_birth", "date_of_expiry", "issue_date", "nationality",
)  # fmt: skip
WANTED: dict[str, tuple[str, ...]] = {
    "passport": _IDENTITY,
    "national_id": _IDENTITY,
    "residence_permit": _IDENTITY,
    "travel_document": _IDENTITY,
    "visa": _IDENTITY,
    "driving_licence": (*_IDENTITY[:-1], "address"),
    "invoice": ("supplier", "invoice_number", "issue_date", "total"),
    "utility_bill": ("supplier", "name", "address", "account_number", "issue_date", "amount_due"),
    "bank_statement": (
        "name", "account_number", "iban", "opening_balance", "closing_balance", "period_start", "period_end",
    ),
    "payslip": ("name", "employer", "gross_pay", "net_pay", "issue_date"),
    "incorporation_document": ("company_name", "company_number", "jurisdiction", "incorporation_date", "address"),
    "ownership_register": ("company_name", "company_number", "issue_date"),
}  # fmt: skip
_OF_ANYTHING = ("name", "company_name", "document_number", "issue_date", "address")
_LONGEST = 300
_Printed = Annotated[str, Field(max_length=_LONGEST)]


def wanted_of(document_type: str) -> tuple[str, ...]:
    """The names of the values that a document of this type carries."""
    return WANTED.get(document_type, _OF_ANYTHING)


@lru_cache
def answer_shape(document_type: str) -> type[BaseModel]:
    """One bounded text for each wanted value, nothing else: a closed JSON schema."""
    fields: dict[str, Any] = dict.fromkeys(wanted_of(document_type), (_Printed, ...))
    return create_model(f"{document_type}_values", __config__=ConfigDict(extra="forbid"), **fields)
