"""What a case rests on, in sentences with ids, as the database has it now."""

from collections.abc import Iterable, Iterator

from cases.assist.checking import Evidence
from cases.models import Case
from cases.selectors import decisions_shown
from cases.selectors.concealing import Uninformed
from customers.models import Customer
from customers.selectors import current_rating
from documents.enums import DocumentState
from documents.selectors import documents_for_customer, outcomes_of
from monitoring.enums import AlertDisposition
from monitoring.models import Alert
from monitoring.selectors import alerts_for_customer, findings_of_alert
from screening.enums import HitDisposition
from screening.models import MediaHit
from screening.selectors import hits_for_customer, media_hits_for_customer

CLEARED = (AlertDisposition.FALSE_POSITIVE, AlertDisposition.EXPLAINED)
_SENTENCES = 3


def evidence_for_summary(case: Case) -> list[Evidence]:
    """The customer, their rating, what the controls found and nobody cleared, and decisions.

    Nothing of a report of suspicion is among it, whoever asks: a summary is kept where colleagues read it who may not
    know (31 USC 5318(g)(2)).
    """
    customer = case.customer
    found = [Evidence("customer", str(customer.pk), _customer(customer))]
    rating = current_rating(customer)
    if rating is not None:
        found.append(
            Evidence("rating", str(rating.pk), f"The customer is rated {rating.level} on {rating.created_at:%Y-%m-%d}")
        )
    found += found_by_controls(customer, alerts_for_customer(customer).exclude(disposition__in=CLEARED))
    found += [
        Evidence("decision", str(row.pk), f"{row.get_kind_display()} ({row.get_state_display()}): {row.rationale}")
        for row in decisions_shown(case, Uninformed())
    ]
    return found


def found_by_controls(customer: Customer, alerts: Iterable[Alert]) -> Iterator[Evidence]:
    """What the given alerts say, confirmed hits and articles, and what is doubtful of the documents."""
    for alert in alerts:
        for finding in findings_of_alert(alert)[:_SENTENCES]:
            yield Evidence("alert", str(alert.pk), f"{alert.scenario.title}: {finding.sentence}")
    for hit in hits_for_customer(customer):
        if hit.disposition == HitDisposition.TRUE_MATCH:
            told = (
                f"The customer is listed on {hit.watchlist.name} as {hit.listed_name} (similarity {hit.similarity:.2f})"
            )
            yield Evidence("hit", str(hit.pk), told)
    for article in media_hits_for_customer(customer).filter(disposition=HitDisposition.TRUE_MATCH):
        yield Evidence("media", str(article.pk), _article(article))
    for document in documents_for_customer(customer):
        if document.state in {DocumentState.DOUBTFUL, DocumentState.REFUSED}:
            for outcome in list(outcomes_of(document))[:_SENTENCES]:
                yield Evidence("document", str(document.pk), f"{document.type_label}: {outcome.sentence}")


def _article(hit: MediaHit) -> str:
    on = f" on {hit.article.published_on:%Y-%m-%d}" if hit.article.published_on else ""
    return f"{hit.article.source.name} reported{on} of {hit.mention}: {hit.article.title or hit.quote}"


def _customer(customer: Customer) -> str:
    party = customer.party
    born = f", born {party.birth_date:%Y-%m-%d}" if party.birth_date else ""
    return (
        f"{party.name}{born}, has the product {customer.product or 'unknown'}, status {customer.get_status_display()}"
    )
