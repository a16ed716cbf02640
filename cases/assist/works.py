"""Writing a draft in a worker. The work is called alike whatever the text is for: nothing of a list of work tells it."""

from dataclasses import asdict
from uuid import UUID

from django.urls import reverse

from ai.services import prompt_named
from cases.assist.purposes import purpose_of
from cases.assist.services import WRITING, store_draft
from cases.assist.writing import written
from cases.models import TextDraft
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work


def write_draft(context: WorkContext, progress: Progress) -> WorkResult:
    """Asks the model part by part; the draft is kept whole or not at all."""
    draft = TextDraft.objects.select_related("case__customer__party").get(pk=UUID(str(context.inputs["draft"])))
    evidence = purpose_of(draft).evidence(draft)
    text = written(
        evidence, subject_id=draft.case.customer_id,
        report=lambda done, total: progress.report(done, total, "writing from the evidence"),
    )  # fmt: skip
    store_draft(
        draft_id=draft.pk, evidence=[asdict(item) for item in evidence], text=text, prompt=prompt_named("case_account")
    )
    counts = {"lines": len(text.lines), "struck_out": sum(bool(line["faults"]) for line in text.lines)}
    return WorkResult(dict(counts), reverse("cases:draft_detail", args=[draft.pk]))


register_work(WorkKind(WRITING, write_draft, "No draft is kept."))
