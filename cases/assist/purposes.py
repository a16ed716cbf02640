"""What texts are drafted for: each says what it rests on, who may see it and where it is kept. A room registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.assist.checking import Evidence
from cases.assist.evidence import evidence_for_summary
from cases.models import TextDraft

SUMMARY = "summary"


@dataclass(frozen=True)
class Purpose:
    """`keeping` words the button that keeps the text at the address `keep_url`; `back_url` is where it belongs."""

    code: str
    evidence: Callable[[TextDraft], list[Evidence]]
    is_visible: Callable[[Any, TextDraft], bool]
    keep_url: Callable[[TextDraft], str]
    back_url: Callable[[TextDraft], str]
    keeping: str


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Makes texts for this purpose draftable; raises ValueError where its code is taken."""
    if purpose.code in _purposes:
        raise ValueError(f"the purpose {purpose.code} is registered twice")
    _purposes[purpose.code] = purpose


def purpose_of(draft: TextDraft) -> Purpose:
    """The purpose of a draft."""
    return _purposes[draft.purpose]


register_purpose(
    Purpose(
        SUMMARY,
        lambda draft: evidence_for_summary(draft.case),
        lambda principal, draft: True,
        lambda draft: reverse("cases:assist_keep", args=[draft.case_id]),
        lambda draft: reverse("cases:case_detail", args=[draft.case_id]),
        "Keep as a comment",
    )
)
