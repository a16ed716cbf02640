"""Asking a language model about a document that rules left gaps in. Its values are marked and never decide alone."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from ai.selectors import model_is_configured
from ai.services import ask, prompt_named
from core.exceptions import Unavailable
from documents.enums import ModelUse
from documents.extraction.llm import Merged, answer_shape, has_gaps, material_of, merged
from documents.extraction.ocr_settings import OcrSettings
from documents.extraction.sandbox import read_in_child
from documents.extraction.shapes import Reading


def with_model(*, reading: Reading, subject_id: UUID | None = None, image: bytes = b"") -> tuple[Merged, ModelUse]:
    """The reading with what a language model could add to it, and what the model had to do with it.

    Outside any transaction: waits for a network. No fault of a model is a fault of the document: the reading by rules
    stands then. Side effects: those of `ai.services.ask`, the answer kept under the key of `subject_id`.
    """
    if not model_is_configured():
        return Merged(reading), ModelUse.NOT_SET_UP
    if not has_gaps(reading):
        return Merged(reading), ModelUse.NOT_ASKED
    try:
        answer = ask(
            purpose="document_fields", prompt=prompt_named("document_fields"), material=material_of(reading),
            shape=answer_shape(reading.document_type), image=image if settings.LLM_IMAGES else b"",
            subject_id=subject_id, personal=True,
        )  # fmt: skip
    except Unavailable:
        return Merged(reading), ModelUse.UNAVAILABLE
    return merged(reading, answer.model_dump()), ModelUse.ANSWERED


def model_reader(ocr: OcrSettings, today: date) -> Callable[[bytes], Reading]:
    """Reads one file's bytes by rules and, where these leave gaps, with the language model; nothing is kept."""

    def read(content: bytes) -> Reading:
        try:
            with read_in_child(content, ocr, today) as (reading, images):
                first = (images / reading.pages[0].image).read_bytes() if reading.pages else b""
            return with_model(reading=reading, image=first)[0].reading
        finally:
            connection.close()

    return read
