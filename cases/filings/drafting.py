"""The narrative as a text that a language model may draft. The model is told what the evidence says, and nothing of a report.

What a decision says of reporting is no evidence here: the closing words come from the template after the model is done.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cases.assist.checking import Evidence
from cases.assist.evidence import CLEARED, found_by_controls
from cases.assist.purposes import Purpose, register_purpose
from cases.filings.form.narrative import largest, people_told, totals_told
from cases.filings.form.shapes import FilingData
from cases.filings.selectors import data_of
from cases.models import Case, TextDraft
from core.permissions import Permission
from monitoring.selectors import alerts_for_customer

NARRATIVE = "narrative"


def evidence_for_narrative(case: Case, data: FilingData) -> Iterator[Evidence]:
    """Who, the transactions with their sums, and what the controls found and nobody cleared."""
    for subject, told in zip(data.subjects, people_told(data), strict=True):
        yield Evidence("subject", (subject.customer_id or str(case.pk))[:40], told)
    for told in totals_told(data):
        yield Evidence("transactions", str(case.pk), told)
    for row in largest(data):
        whom = f", {row.counterparty}" if row.counterparty else ""
        told = f"{row.on:%Y-%m-%d}: {row.amount:,.2f} {row.currency} {row.direction}{whom}"
        yield Evidence("transaction", row.evidence_id, told)
    yield from found_by_controls(case.customer, alerts_for_customer(case.customer).exclude(disposition__in=CLEARED))


def _evidence(draft: TextDraft) -> list[Evidence]:
    filing = draft.case.filings.get(pk=str(draft.holder_id))
    return list(evidence_for_narrative(draft.case, data_of(filing)))


def _is_visible(principal: Any, _: TextDraft) -> bool:
    return bool(principal.has_perm(Permission.FILING_VIEW))


register_purpose(
    Purpose(
        NARRATIVE, _evidence, _is_visible,
        lambda draft: reverse("filings:narrative_take", args=[draft.holder_id]),
        lambda draft: reverse("filings:section_edit", args=[draft.holder_id, "narrative"]),
        "Take it into the report",
    )
)  # fmt: skip
