"""Having texts drafted, and keeping what a person made of them."""

from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from ai.prompts import Prompt
from audit.services import record
from cases.assist import actions
from cases.assist.checking import Evidence, checked_lines, drafted_text, sources_of
from cases.assist.evidence import evidence_for_summary
from cases.assist.selectors import clean_text, standing_evidence
from cases.assist.writing import Text
from cases.models import Case, Comment, TextDraft
from cases.services import comment_on_case
from cases.services.opening import stream_of
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput
from workflows.services import start_work

WRITING = "writing"


@transaction.atomic
def start_draft(*, case: Case, purpose: str, by: Actor, holder_id: UUID | None = None) -> Any:
    """Has a worker write a draft. Side effects: the draft, still empty; the work."""
    draft = TextDraft.objects.create(case=case, purpose=purpose, holder_id=holder_id, author=person_for_actor(by))
    return start_work(kind=WRITING, title="A text from evidence", inputs={"draft": str(draft.pk)}, by=by)


@transaction.atomic
def store_draft(*, draft_id: UUID, evidence: list[dict[str, Any]], text: Text, prompt: Prompt) -> None:
    """Keeps what was written, with prompt, model and cost. Repeating it keeps the newest text."""
    TextDraft.objects.filter(pk=draft_id).update(
        evidence=evidence, lines=text.lines, note=text.note, model=text.model, prompt_version=prompt.version,
        prompt_sha256=prompt.sha256, tokens_in=text.tokens_in, tokens_out=text.tokens_out, milliseconds=text.milliseconds,
        written_at=now(),
    )  # fmt: skip


@transaction.atomic
def keep_summary(*, case_id: UUID, text: str, by: Actor, draft: TextDraft | None = None) -> Comment:
    """Keeps a summary with its sources as a comment where every line of it agrees with the evidence it cites.

    The share of the draft that stayed is measured in words against `draft`, else against the template's as the evidence
    gives it now. Side effects: those of a comment and of `settle_draft`, an audit entry with the share. Raises
    InvalidInput with a fault a line, Conflict.
    """
    case = Case.objects.select_related("customer__party").get(pk=case_id)
    evidence = standing_evidence(draft)[0] if draft else evidence_for_summary(case)
    lines = checked_lines(text, evidence)
    faults = [Fault(f"/text/{n}", fault) for n, line in enumerate(lines) for fault in line.faults]
    if faults or not lines:
        raise InvalidInput("Lines of the summary do not agree with the evidence.", faults)
    comment = comment_on_case(case_id=case_id, text=f"{text}\n\n{sources_of(text, evidence)}", by=by)
    after = {"lines": len(lines), "kept": _settled(draft, evidence, text, by), "comment": str(comment.pk)}
    if draft:
        after |= {"draft": str(draft.pk), "model": draft.model, "prompt": draft.prompt_version}
    record(actions.KEPT, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), after=after)
    return comment


def _settled(draft: TextDraft | None, evidence: list[Evidence], text: str, by: Actor) -> int:
    return settle_draft(draft=draft, text=text, by=by) if draft else share_kept(drafted_text(evidence), text)


@transaction.atomic
def settle_draft(*, draft: TextDraft, text: str, by: Actor) -> int:
    """Keeps beside the draft what a person made of it; how many per cent of its words stayed. Raises Conflict."""
    share = share_kept(clean_text(draft), text)
    changed = TextDraft.objects.filter(pk=draft.pk, kept_at=None).update(
        kept_text=text, kept_share=share, kept_by=person_for_actor(by), kept_at=now()
    )
    if not changed:
        raise Conflict("This draft has been made use of already.")
    return share


def share_kept(draft: str, text: str) -> int:
    """Per cent of the draft's words that stand in the text in the same order."""
    before, after = draft.split(), text.split()
    same = sum(block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
    return round(100 * same / len(before)) if before else 0
