"""What a case rests on and how it was decided, as plain data: the part of an evidence pack that people and programs read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from cases.facts import facts_of
from cases.filings.selectors import filings_visible_to
from cases.models import Case
from cases.selectors import as_shown, comments_shown, decisions_shown
from customers.selectors import current_rating, parties_of_customer
from documents.models import Document
from documents.selectors import documents_for_customer
from monitoring.models import Alert
from monitoring.selectors import alerts_for_customer, findings_of_alert
from screening.models import Hit
from screening.selectors import hits_for_customer, last_screening

Content = dict[str, Any]


def case_content(case: Case, viewer: Any) -> Content:
    """The whole case as `viewer` may know it: who, what was found, by which versions, what was decided by whom and why."""
    case = as_shown(case, viewer)
    customer = case.customer
    return {
        "case": _values(case, "number", "kind", "status", "priority", "created_at", "due_at", "closed_at")
        | {"queue": case.queue.name, "assignee": case.assignee.username if case.assignee else ""},
        "why": [_values(reason, "code", "sentence", "created_at") for reason in case.reasons.all()],
        "customer": _values(customer, "external_id", "status", "product", "channel", "purpose")
        | {"facts": [_fact(fact) for fact in facts_of(customer)]}
        | {
            "parties": [
                _values(party, "kind", "name", "birth_date", "country") for party in parties_of_customer(customer)
            ]
        },
        "rating": _rating(case),
        "screening": _screening(case),
        "hits": [_hit(hit) for hit in hits_for_customer(customer)],
        "alerts": [_alert(alert) for alert in alerts_for_customer(customer)],
        "documents": [_document(document) for document in documents_for_customer(customer)],
        "decisions": [_decision(decision) for decision in decisions_shown(case, viewer)],
        "comments": [
            _values(comment, "text", "created_at") | {"author": comment.author.username}
            for comment in comments_shown(case, viewer)
        ],
    } | _filings(case, viewer)


def _filings(case: Case, viewer: Any) -> Content:
    """The reports of suspicion; without a trace for those who may not know of any."""
    rows = filings_visible_to(viewer).filter(case=case)
    names = ("number", "kind", "state", "detected_on", "due_on", "filed_on", "receiver_number", "xml_sha256", "data")
    return {"filings": _rows(rows, *names)} if rows else {}


def _values(row: Model, *names: str) -> Content:
    return {name: getattr(row, name) for name in names}


def _rows(rows: Iterable[Model], *names: str) -> list[Content]:
    return [_values(row, *names) for row in rows]


def _fact(fact: Any) -> Content:
    sources = [{"kind": source.kind, "label": source.label, "value": source.value} for source in fact.sources]
    return {"label": fact.label, "value": fact.value, "sources": sources}


def _rating(case: Case) -> Content | None:
    rating = current_rating(case.customer)
    if rating is None:
        return None
    return _values(rating, "level", "due_diligence", "score", "created_at") | {
        "policy": rating.policy.number,
        "factors": _rows(rating.factors.all(), "code", "value", "points", "weight", "contribution", "reason"),
    }


def _screening(case: Case) -> Content | None:
    screening = last_screening(case.customer)
    if screening is None:
        return None
    versions = screening.list_versions.select_related("watchlist")
    return _values(screening, "created_at", "engine_version", "parties", "raised") | {
        "lists": [{"list": version.watchlist.name, "version": version.number} for version in versions]
    }


def _hit(hit: Hit) -> Content:
    names = (
        "query_name",
        "listed_name",
        "source_id",
        "similarity",
        "evidence",
        "alignment",
        "features",
        "state",
        "disposition",
    )
    return _values(hit, *names) | {
        "list": hit.watchlist.name,
        "list_version": hit.entry.version.number,
        "entry": _values(hit.entry, "schema", "birth_dates", "countries", "programs", "remarks"),
        "decisions": [
            _values(decision, "disposition", "reason_code", "rationale", "created_at")
            | {"by": decision.decided_by.username}
            for decision in hit.decisions.select_related("decided_by")
        ],
    }


def _alert(alert: Alert) -> Content:
    return _values(alert, "severity", "state", "disposition", "created_at") | {
        "scenario": alert.scenario.title,
        "findings": [
            _values(finding, "sentence", "trace", "created_at") | {"scenario_version": finding.version.number}
            for finding in findings_of_alert(alert).select_related("version")
        ],
    }


def _document(document: Document) -> Content:
    names = (
        "filename",
        "sha256",
        "size",
        "media_type",
        "document_type",
        "type_confidence",
        "state",
        "refusal",
        "read_at",
    )
    return _values(document, *names) | {
        "fields": _rows(
            document.fields.all(), "name", "value", "confidence", "source", "page", "box", "original_value"
        ),
        "checks": _rows(document.checks.all(), "code", "outcome", "sentence"),
    }


def _decision(decision: Any) -> Content:
    people = {
        name: getattr(getattr(decision, name), "username", "") for name in ("proposed_by", "endorsed_by", "approved_by")
    }
    names = ("kind", "state", "reason_code", "rationale", "note", "conditions", "evidence", "evidence_sha256")
    return _values(decision, *names, "created_at", "settled_at") | people
