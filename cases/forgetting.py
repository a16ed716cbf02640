"""Blanking what people wrote about a customer on cases."""

from uuid import UUID

from django.db import transaction

from cases.models import Case, CaseReason, CaseTag, CaseViewer, Comment, Decision, Reopening, TextDraft
from workflows.services import forget_runs

BLANK = "Erased"


@transaction.atomic
def forget_cases(customer_id: UUID) -> dict[str, int]:
    """Deletes comments, tags and drafts, blanks reasons, rationales, notes and evidence kept with decisions; how many cases.

    Kept are the cases' numbers, times, deciders and outcomes: figures of past years stay true.
    """
    cases = Case.objects.filter(customer=customer_id)
    for model in (Comment, CaseTag, CaseViewer, TextDraft):
        model.objects.filter(case__in=cases).delete()
    CaseReason.objects.filter(case__in=cases).update(sentence=BLANK)
    Decision.objects.filter(case__in=cases).update(rationale=BLANK, note="", conditions=[], evidence={})
    Reopening.objects.filter(case__in=cases).update(reason=BLANK)
    cases.update(country="", amount_flagged=0)
    Case.history.filter(customer=customer_id).update(country="", amount_flagged=0)
    forget_runs(subject_ids=list(cases.values_list("pk", flat=True)))
    return {"cases": cases.count()}
