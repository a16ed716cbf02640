"""Closing entries of the record: what came of a case, or of a document of a batch, in one line."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from cases import actions
from cases.models import Case
from cases.selectors import case_facts, open_case_of, settled_decision
from cases.services.opening import stream_of
from core.actor import Actor
from core.exceptions import NotFound
from customers.selectors import current_rating
from documents.enums import DocumentState
from documents.models import Document
from documents.selectors import codes_of
from screening.selectors import screening_summary


@transaction.atomic
def log_case_trail(*, case: Case, steps: int, by: Actor) -> None:
    """Side effects: an audit entry with outcome, rating, list versions and the seconds it took."""
    decision, rating = settled_decision(case), current_rating(case.customer)
    facts = {name: value for name, value in vars(case_facts(case.customer)).items() if name != "rating"}
    after: dict[str, object] = facts | {
        "decision": decision.kind if decision else "none",
        "rating": rating.level if rating else "none",
        "lists": list(screening_summary(case.customer).list_versions),
        "steps": steps,
        "seconds": int((case.closed_at - case.created_at).total_seconds()) if case.closed_at else 0,
    }
    record(actions.TRAIL_LOGGED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), after=after)


@transaction.atomic
def log_document_trail(*, document_id: UUID, by: Actor) -> None:
    """Side effects: an audit entry with the file's digest, its classification, compliance and outcome. Raises NotFound."""
    document = Document.objects.select_related("customer").prefetch_related("checks").filter(pk=document_id).first()
    if document is None:
        raise NotFound("There is no such document.")
    case = open_case_of(document.customer)
    passed = document.state == DocumentState.VERIFIED
    after = {
        "sha256": document.sha256, "document_type": document.document_type or "unknown", "compliant": passed,
        "failed": sorted(codes_of(document)), "outcome": "approved by the published rules" if passed else "to a person",
    }  # fmt: skip
    record(
        actions.DOCUMENT_TRAIL_LOGGED, by=by, object_type="document", object_id=document.pk, after=after,
        stream=stream_of(case) if case else f"document:{document.pk}", subject_id=document.customer_id,
    )  # fmt: skip
