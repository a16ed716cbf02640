"""What a decision rests on: a snapshot of it when a decision is proposed, its hash, and what is different since."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cases.selectors import case_facts
from customers.models import Customer
from customers.selectors import current_rating
from documents.selectors import documents_for_customer
from monitoring.selectors import alerts_for_customer
from screening.selectors import hits_for_customer

Snapshot = dict[str, Any]


def evidence_snapshot(customer: Customer) -> Snapshot:
    """Ids and versions of everything a decision rests on, without personal data; any change of it changes this."""
    rating = current_rating(customer)
    return {
        "hits": {str(pk): version for pk, version in customer.hits.values_list("pk", "version")},
        "alerts": {str(pk): version for pk, version in customer.alerts.values_list("pk", "version")},
        "documents": {str(pk): version for pk, version in customer.documents.values_list("pk", "version")},
        "rating": str(rating.pk) if rating else "",
        "party": customer.party.version,
        "facts": vars(case_facts(customer)),
    }


def snapshot_hash(snapshot: Snapshot) -> str:
    """SHA-256 over the canonical JSON of a snapshot: a stored snapshot can be proved to be the one that was hashed."""
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def evidence_hash(customer: Customer) -> str:
    """The hash of the evidence as it stands."""
    return snapshot_hash(evidence_snapshot(customer))


def changes_of_evidence(customer: Customer, before: Snapshot) -> list[str]:
    """In sentences, what is different from `before`; empty where nothing is."""
    after = evidence_snapshot(customer)
    if not before or after == before:
        return []
    told = [*_hits(customer, before, after), *_alerts(customer, before, after), *_documents(customer, before, after)]
    if before["rating"] != after["rating"]:
        told.append(f"The customer was rated again: {after['facts']['rating'] or 'no rating'}.")
    if before["party"] != after["party"]:
        told.append("The customer's own facts were changed.")
    if before["facts"]["screened"] != after["facts"]["screened"]:
        told.append("The customer is not screened against every active list any more."
                    if before["facts"]["screened"] else "The customer was screened again.")  # fmt: skip
    return told or ["The evidence is counted differently than it was."]


def _moved(before: Snapshot, after: Snapshot, kind: str) -> Mapping[str, str]:
    """Ids of what is new or changed, with which of both."""
    known, current = before[kind], after[kind]
    return {pk: "new" if pk not in known else "changed" for pk, version in current.items() if known.get(pk) != version}


def _hits(customer: Customer, before: Snapshot, after: Snapshot) -> list[str]:
    moved = _moved(before, after, "hits")
    return [
        f"Hit on {hit.watchlist.name} ({hit.similarity:.2f}) is {moved[str(hit.pk)]}:"
        f" {hit.get_disposition_display() or 'open'}."
        for hit in hits_for_customer(customer).filter(pk__in=moved)
    ]


def _alerts(customer: Customer, before: Snapshot, after: Snapshot) -> list[str]:
    moved = _moved(before, after, "alerts")
    return [
        f"Alert “{alert.scenario.title}” is {moved[str(alert.pk)]}: {alert.get_disposition_display() or 'open'}."
        for alert in alerts_for_customer(customer).filter(pk__in=moved)
    ]


def _documents(customer: Customer, before: Snapshot, after: Snapshot) -> list[str]:
    moved = _moved(before, after, "documents")
    return [
        f"Document “{document.type_label}” is {moved[str(document.pk)]}: {document.get_state_display()}."
        for document in documents_for_customer(customer).filter(pk__in=moved)
    ]
