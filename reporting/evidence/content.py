"""What cases rest on and how they were decided, as plain data: the part of an evidence pack that people and programs read."""

import json
from collections.abc import Iterable
from typing import Any

from audit.log.canonical import plain
from cases.facts import facts_of
from cases.filings.selectors import filings_visible_to
from cases.models import Case
from cases.privacy.enums import ERASING
from cases.privacy.enums import RequestState as PrivacyState
from cases.privacy.selectors import requests_of
from cases.rfi.selectors import requests_of as requests_of_case
from cases.selectors import comments_shown, concealed_since, decisions_shown
from customers.models import Customer
from customers.selectors import current_rating, parties_of_customer
from documents.models import Document
from documents.selectors import documents_for_customer
from monitoring.models import Alert
from monitoring.selectors import alerts_for_customer, findings_of_alert, otherwise_of, scores_of_alert, told_of
from screening.models import Hit
from screening.selectors import hits_for_customer, last_screening, media_hits_for_customer

Content = dict[str, Any]


def dossier(customer: Customer, cases: Iterable[Case], viewer: Any) -> Content:
    """A customer with some of its cases as `viewer` may know them: who, what was found by which versions, what was decided."""
    return {
        "customer": _customer(customer),
        "rating": _rating(customer),
        "screening": _screening(customer),
        "hits": [_hit(hit) for hit in hits_for_customer(customer)],
        "media": [_media(hit) for hit in media_hits_for_customer(customer)],
        "alerts": [_alert(alert) for alert in alerts_for_customer(customer)],
        "documents": [_document(document) for document in documents_for_customer(customer)],
        "cases": [_case(case, viewer) for case in cases],
    }


def as_json(content: Content, *, indent: int | None = None) -> bytes:
    """The same content gives the same bytes."""
    return json.dumps(_texts(content), indent=indent, ensure_ascii=False, sort_keys=True).encode()


def _texts(value: object) -> object:
    """Floats as they are (scores in traces), everything else in its one spelling."""
    if isinstance(value, float):
        return value
    if isinstance(value, dict):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return plain(value)


def _customer(customer: Customer) -> Content:
    return (
        _values(customer, "external_id", "status", "product", "channel", "purpose")
        | {
            "name": customer.party.name,
            "facts": [_fact(fact) for fact in facts_of(customer)],
            "erasure": _erasure(customer),
        }
        | {
            "parties": [
                _values(party, "kind", "name", "birth_date", "country") for party in parties_of_customer(customer)
            ]
        }
    )


def _erasure(customer: Customer) -> Content | None:
    """That and why the personal data is gone: the record's entries still prove, their personal values are unreadable."""
    if customer.erased_at is None:
        return None
    done = requests_of(customer.pk).filter(kind__in=ERASING, state=PrivacyState.DONE).first()
    asked = {"kind": done.get_kind_display(), "settled_at": done.settled_at,
             "settled_by": getattr(done.settled_by, "username", "")} if done else {}  # fmt: skip
    return {"erased_at": customer.erased_at} | asked


def _case(case: Case, viewer: Any) -> Content:
    requests = requests_of_case(case)
    if case.is_concealed:  # what is asked after the suspicion tells of it
        requests = requests.filter(created_at__lt=concealed_since(case))
    return {
        "case": _values(case, "number", "kind", "status", "priority", "created_at", "due_at", "closed_at")
        | {"queue": case.queue.name, "assignee": case.assignee.username if case.assignee else ""},
        "why": [_values(reason, "code", "sentence", "created_at") for reason in case.reasons.all()],
        "decisions": [_decision(decision) for decision in decisions_shown(case, viewer)],
        "requests": [_request(request) for request in requests],
        "comments": [
            _values(comment, "text", "created_at") | {"author": comment.author.username}
            for comment in comments_shown(case, viewer)
        ],
    } | _filings(case, viewer)


def _request(request: Any) -> Content:
    items = [
        _values(item, "kind", "wanted", "answer", "answered_at")
        | {"document": item.document.filename if item.document else ""}
        for item in request.items.all()
    ]
    return _values(request, "state", "created_at", "expires_at", "closed_at") | {
        "requested_by": request.requested_by.username, "items": items,
    }  # fmt: skip


def _media(hit: Any) -> Content:
    names = ("mention", "similarity", "quote", "state", "disposition", "rationale", "decided_at")
    return _values(hit, *names) | {
        "title": hit.article.title, "url": hit.article.url, "by": hit.decided_by.username if hit.decided_by else "",
    }  # fmt: skip


def _filings(case: Case, viewer: Any) -> Content:
    """The reports of suspicion; without a trace for those who may not know of any."""
    rows = filings_visible_to(viewer).filter(case=case)
    names = ("number", "kind", "state", "detected_on", "due_on", "filed_on", "receiver_number", "xml_sha256", "data")
    return {"filings": _rows(rows, *names)} if rows else {}


def _values(row: Any, *names: str) -> Content:
    return {name: getattr(row, name) for name in names}


def _rows(rows: Iterable[Any], *names: str) -> list[Content]:
    return [_values(row, *names) for row in rows]


def _fact(fact: Any) -> Content:
    sources = [{"kind": source.kind, "label": source.label, "value": source.value} for source in fact.sources]
    return {"label": fact.label, "value": fact.value, "sources": sources}


def _rating(customer: Customer) -> Content | None:
    rating = current_rating(customer)
    if rating is None:
        return None
    return _values(rating, "level", "due_diligence", "score", "created_at") | {
        "policy": rating.policy.number,
        "factors": _rows(rating.factors.all(), "code", "value", "points", "weight", "contribution", "reason"),
    }


def _screening(customer: Customer) -> Content | None:
    screening = last_screening(customer)
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
        "findings": [_finding(finding) for finding in findings_of_alert(alert).select_related("version")],
        "scores": [_score(score) for score in scores_of_alert(alert)],
        "decision": _alert_decision(getattr(alert, "decision", None)),
    }


def _finding(finding: Any) -> Content:
    return _values(finding, "sentence", "trace", "created_at") | {
        "scenario_version": finding.version.number,
        "told": [vars(told) for told in told_of(finding)],
        "otherwise": otherwise_of(finding),
    }


def _score(score: Any) -> Content:
    row = score.transaction or score.event
    return _values(score, "score", "percentile", "is_flagged", "explanation", "created_at") | {
        "model": str(score.version), "row": str(row),
    }  # fmt: skip


def _alert_decision(decision: Any) -> Content | None:
    if decision is None:
        return None
    return _values(decision, "disposition", "reason_code", "rationale", "created_at") | {
        "by": decision.decided_by.username
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
            document.fields.all(), "name", "label", "value", "confidence", "source", "page", "box", "original_value"
        ),
        "checks": _rows(document.checks.all(), "code", "outcome", "sentence"),
        "pages": _rows(document.pages.all(), "number", "width", "height", "source", "image_sha256"),
    }


def _decision(decision: Any) -> Content:
    people = {
        name: getattr(getattr(decision, name), "username", "") for name in ("proposed_by", "endorsed_by", "approved_by")
    }
    names = ("kind", "state", "reason_code", "rationale", "note", "conditions", "evidence", "evidence_sha256")
    return _values(decision, *names, "created_at", "settled_at") | people
