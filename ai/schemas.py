"""Shapes that a language model may answer in. Closed: no further keys, bounded texts."""

from pydantic import BaseModel, ConfigDict, Field


class DocumentFields(BaseModel):
    """Values printed in a document, as printed; empty where they are not there."""

    model_config = ConfigDict(extra="forbid")

    surname: str = Field(max_length=200)
    given_names: str = Field(max_length=200)
    document_number: str = Field(max_length=60)
    date_of_birth: str = Field(max_length=40)
    date_of_expiry: str = Field(max_length=40)
    issue_date: str = Field(max_length=40)
    supplier: str = Field(max_length=200)
    total: str = Field(max_length=60)
    invoice_number: str = Field(max_length=60)
    address: str = Field(max_length=400)
