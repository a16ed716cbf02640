"""Keeping a reviewed summary."""

from difflib import SequenceMatcher
from uuid import UUID

from django.db import transaction

from audit.services import record
from cases.assist import actions
from cases.assist.checking import checked_lines, drafted_text, sources_of
from cases.assist.evidence import evidence_for_summary
from cases.models import Case, Comment
from cases.services import comment_on_case
from cases.services.opening import stream_of
from core.actor import Actor
from core.exceptions import Fault, InvalidInput


@transaction.atomic
def keep_summary(*, case_id: UUID, text: str, by: Actor) -> Comment:
    """Keeps a summary with its sources as a comment where every line of it agrees with the evidence it cites.

    The share of the draft that stayed is measured in words against the draft as the evidence gives it now.
    Side effects: those of a comment, an audit entry with the share. Raises InvalidInput with a fault a line.
    """
    case = Case.objects.select_related("customer__party").get(pk=case_id)
    evidence = evidence_for_summary(case)
    lines = checked_lines(text, evidence)
    faults = [Fault(f"/text/{n}", fault) for n, line in enumerate(lines) for fault in line.faults]
    if faults or not lines:
        raise InvalidInput("Lines of the summary do not agree with the evidence.", faults)
    comment = comment_on_case(case_id=case_id, text=f"{text}\n\n{sources_of(text, evidence)}", by=by)
    after = {"lines": len(lines), "kept": share_kept(drafted_text(evidence), text), "comment": str(comment.pk)}
    record(actions.KEPT, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), after=after)
    return comment


def share_kept(draft: str, text: str) -> int:
    """Per cent of the draft's words that stand in the text in the same order."""
    before, after = draft.split(), text.split()
    same = sum(block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
    return round(100 * same / len(before)) if before else 0
