"""Reads of drafted texts."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Avg, Count, QuerySet

from ai.selectors import price_of
from cases.assist.checking import CheckedLine, Evidence, marks_of
from cases.assist.purposes import SUMMARY, purpose_of
from cases.models import Case, TextDraft
from cases.selectors import case_for
from core.exceptions import NotFound
from core.ids import parse_id
from core.instructions import reads_as_instruction

_SHOWN = 5


def draft_for(principal: Any, pk: object, *, purpose: str = "") -> TextDraft:
    """The draft, where the principal may see its case and what it is for; raises NotFound."""
    rows = TextDraft.objects.select_related("case__customer__party", "author", "kept_by")
    draft = rows.filter(pk=parse_id(pk)).first()
    if draft is None or (purpose and draft.purpose != purpose) or not purpose_of(draft).is_visible(principal, draft):
        raise NotFound("There is no such draft.")
    case_for(principal, draft.case_id)
    return draft


def summaries_of(case: Case) -> QuerySet[TextDraft]:
    """The drafts of a summary of this case that are written, newest first."""
    rows = TextDraft.objects.filter(case=case, purpose=SUMMARY).exclude(written_at=None)
    return rows.select_related("author").order_by("-created_at")[:_SHOWN]


@dataclass(frozen=True)
class DraftLine(CheckedLine):
    """A line and who wrote it: `model` or `template`."""

    by: str


def lines_of(draft: TextDraft) -> list[DraftLine]:
    """The lines with their faults, as written and as the database has changed since."""
    _, gone = standing_evidence(draft)
    return [
        DraftLine(line["text"], [*line["faults"], *_changed(line["text"], gone)], line["by"]) for line in draft.lines
    ]


def _changed(text: str, gone: set[int]) -> list[str]:
    return [f"[{mark}] has changed since this was written" for mark in sorted(marks_of(text) & gone)]


def standing_evidence(draft: TextDraft) -> tuple[list[Evidence], set[int]]:
    """The evidence by the draft's own numbers, read from the database anew; the numbers whose evidence is no longer so.

    Evidence that is no longer so says nothing any more, so that no line can rest on it.
    """
    now_so = {(item.kind, item.evidence_id, item.sentence) for item in purpose_of(draft).evidence(draft)}
    given = [Evidence(**row) for row in draft.evidence]
    gone = {
        mark for mark, item in enumerate(given, start=1) if (item.kind, item.evidence_id, item.sentence) not in now_so
    }
    emptied = [
        Evidence(item.kind, item.evidence_id, "") if mark in gone else item for mark, item in enumerate(given, start=1)
    ]
    return emptied, gone


def evidence_given(draft: TextDraft) -> list[dict[str, Any]]:
    """The evidence as it was when the draft was written; `is_withheld` where the model was not given it (see `writing`)."""
    return [item | {"is_withheld": reads_as_instruction(item["sentence"])} for item in draft.evidence]


def clean_text(draft: TextDraft) -> str:
    """The draft without the lines that are struck out."""
    return "\n".join(line.text for line in lines_of(draft) if not line.faults)


def changes_of(draft: TextDraft) -> list[tuple[str, str]]:
    """What became of the draft: runs of words that stayed (`=`), went (`-`) or came (`+`)."""
    kept = [line["text"] for line in draft.lines if not line["faults"]]
    before, after = " ".join(kept).split(), draft.kept_text.split()
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("=", " ".join(before[a:b])))
            continue
        found += [("-", " ".join(before[a:b]))] if b > a else []
        found += [("+", " ".join(after[c:d]))] if d > c else []
    return found


def cost_of_draft(draft: TextDraft) -> float | None:
    """What the draft cost; None where no price is set."""
    return price_of(draft.tokens_in, draft.tokens_out)


@dataclass(frozen=True)
class Score:
    """How much of drafts stays, by what wrote them."""

    model: str
    prompt_version: str
    drafts: int
    share: float


def scores_of_drafts() -> list[Score]:
    """Of every model and version of the prompt how much of its kept summaries people left as it was, in per cent."""
    rows = TextDraft.objects.filter(purpose="summary").exclude(kept_at=None).values("model", "prompt_version")
    found = rows.annotate(number=Count("id"), share=Avg("kept_share")).order_by("model", "prompt_version")
    return [Score(row["model"], row["prompt_version"], row["number"], row["share"]) for row in found]
