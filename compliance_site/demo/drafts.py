"""Two drafts of a summary in the demonstration, as a language model might have written them: one line says more than the file.

No model is asked: the drafts say so where they name their writer. The lines are checked like any model's.
"""

from dataclasses import asdict

from accounts.models import User
from ai.prompts import prompt_named
from cases.assist.checking import checked_lines, drafted_text
from cases.assist.evidence import evidence_for_summary
from cases.assist.purposes import SUMMARY
from cases.assist.selectors import clean_text, draft_for
from cases.assist.services import keep_summary, store_draft
from cases.assist.writing import MODEL, TEMPLATE, Text
from cases.models import Case, TextDraft

_WRITER = "an example, no model was asked"


def draft_summaries(case: Case, by: User) -> None:
    """An analyst shortened the first draft and kept it; the second waits."""
    first, _ = _drafted(case, by), _drafted(case, by)
    draft = draft_for(by, first.pk)
    shorter = f"{case.customer.party.name} has the product {case.customer.product}. [1]"
    text = "\n".join([shorter, *clean_text(draft).splitlines()[1:]])
    keep_summary(case_id=case.pk, text=text, by=by.actor, draft=draft)


def _drafted(case: Case, by: User) -> TextDraft:
    evidence, customer = evidence_for_summary(case), case.customer
    says = f"{customer.party.name}, born 1 January 1970, has the product {customer.product}. [1]"
    text = Text(model=_WRITER)
    text.add(checked_lines(says, evidence, by_machine=True), MODEL)
    text.add(checked_lines(drafted_text(evidence), evidence), TEMPLATE)
    draft = TextDraft.objects.create(case=case, purpose=SUMMARY, author=by)
    store_draft(
        draft_id=draft.pk, evidence=[asdict(item) for item in evidence], text=text, prompt=prompt_named("case_account")
    )
    return draft
