"""The evidence of a case: one card a signal, what is open and gravest first. Each card is an address of its own app."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.words import said
from customers.models import Customer
from documents.enums import DocumentState
from monitoring.enums import AlertState
from monitoring.selectors import alerts_for_customer
from screening.enums import HitDisposition, HitState
from screening.selectors import hits_for_customer, media_hits_for_customer

_MOST = 30
_SEVERITY = {"high": 0.9, "medium": 0.6, "low": 0.3}
_DOCUMENT_WEIGHT = {DocumentState.REFUSED: 0.7, DocumentState.DOUBTFUL: 0.65, DocumentState.STORED: 0.4}


@dataclass(frozen=True)
class Card:
    """`url_name` and `pk` make its address; `title` stands there until, or where, it is not loaded."""

    kind: str
    pk: UUID
    url_name: str
    page_name: str
    title: str
    state: str
    is_open: bool
    weight: float
    at: datetime


def cards_of(customer: Customer) -> tuple[list[Card], int]:
    """The cards to show and how many there are in all. Open before decided, then by weight, then the newest."""
    found = [*_alerts(customer), *_hits(customer), *_articles(customer), *_documents(customer)]
    found.sort(key=lambda card: (card.is_open, card.weight, card.at), reverse=True)
    articles = media_hits_for_customer(customer).count()
    total = customer.alerts.count() + customer.hits.count() + articles + customer.documents.count()
    return found[:_MOST], total


def _alerts(customer: Customer) -> list[Card]:
    return [
        Card("alert", alert.pk, "monitoring:alert_card", "monitoring:alert_detail", alert.scenario.title,
             alert.get_state_display(), alert.state == AlertState.OPEN,  # the card itself knows whom the outcome is kept from
             _SEVERITY.get(alert.severity, 0), alert.created_at)
        for alert in alerts_for_customer(customer)[:_MOST]
    ]  # fmt: skip


def _hits(customer: Customer) -> list[Card]:
    return [
        Card("hit", hit.pk, "screening:hit_card", "screening:hit_detail", f"{hit.listed_name}, {hit.watchlist.name}",
             hit.get_disposition_display() or said("Open"), hit.state == HitState.OPEN,
             1.0 if hit.disposition == HitDisposition.TRUE_MATCH else float(hit.similarity), hit.created_at)
        for hit in hits_for_customer(customer)[:_MOST]
    ]  # fmt: skip


def _articles(customer: Customer) -> list[Card]:
    return [
        Card("media", hit.pk, "screening:media_card", "screening:media_detail", hit.article.title or said("Article"),
             hit.get_disposition_display() or said("Open"), hit.state == HitState.OPEN,
             1.0 if hit.disposition == HitDisposition.TRUE_MATCH else float(hit.similarity), hit.created_at)
        for hit in media_hits_for_customer(customer)[:_MOST]
    ]  # fmt: skip


def _documents(customer: Customer) -> list[Card]:
    return [
        Card("document", document.pk, "documents:document_card", "documents:document_detail", document.type_label,
             document.get_state_display(), document.state != DocumentState.VERIFIED,
             _DOCUMENT_WEIGHT.get(DocumentState(document.state), 0.1), document.created_at)
        for document in customer.documents.all()[:_MOST]
    ]  # fmt: skip
