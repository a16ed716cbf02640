"""Transactions that a scenario flagged, and customers whose risk is flagged."""

from collections.abc import Iterator

from customers.selectors import current_rating, customers_visible_to
from monitoring.models import Finding
from monitoring.selectors import alerts_visible_to, monitoring_summary
from reporting.exports.base import Cells, Export, Period, Table, register_export
from screening.selectors import screening_summary

_TRANSACTIONS = (
    "transaction", "customer", "booked", "direction", "amount", "currency", "base amount", "type", "channel", "account",
    "counterparty", "counterparty account", "counterparty country", "scenario", "version", "severity", "why", "alert",
    "alert state", "disposition",
)  # fmt: skip
_RISKS = (
    "customer",
    "level",
    "score",
    "due diligence",
    "rated",
    "open hits",
    "confirmed matches",
    "open alerts",
    "gravest factors",
)
_GRAVEST = 3


def _transactions(period: Period) -> Iterator[Cells]:
    """One row a finding, the newest transactions last."""
    visible = alerts_visible_to(period.principal).order_by().values("pk")
    rows = Finding.objects.filter(alert__in=visible, transaction__booked_at__date__gte=period.first,
                                  transaction__booked_at__date__lte=period.last)  # fmt: skip
    related = ("transaction__customer", "alert__scenario", "version")
    for finding in rows.select_related(*related).order_by("transaction__booked_at").iterator(chunk_size=1000):
        row, alert = finding.transaction, finding.alert
        if row is None:  # a firing on a process event
            continue
        yield (
            row.external_id, row.customer.external_id, row.booked_at, row.direction, row.amount, row.currency, row.base_amount,
            row.type, row.channel, row.account, row.counterparty_name, row.counterparty_account, row.counterparty_country,
            alert.scenario.title, finding.version.number, alert.severity, finding.sentence, str(alert.pk), alert.state,
            alert.disposition,
        )  # fmt: skip


def _risks(period: Period) -> Iterator[Cells]:
    """Customers rated high, with an open or confirmed hit, or with an open alert; as they stand now."""
    for customer in customers_visible_to(period.principal).order_by("external_id").iterator(chunk_size=500):
        rating, screened = current_rating(customer), screening_summary(customer)
        alerts = monitoring_summary(customer).open_alerts
        if not (rating and rating.level == "high") and not (screened.open_hits or screened.true_matches or alerts):
            continue
        factors = "; ".join(factor.reason for factor in rating.factors.all()[:_GRAVEST]) if rating else ""
        yield (
            customer.external_id, rating.level if rating else "", rating.score if rating else None,
            rating.due_diligence if rating else "", rating.created_at if rating else None, screened.open_hits,
            screened.true_matches, alerts, factors,
        )  # fmt: skip


TRANSACTIONS = Table("Flagged transactions", _TRANSACTIONS, _transactions)
RISKS = Table("Flagged risks", _RISKS, _risks)
register_export(
    Export("flagged-transactions", "Flagged transactions", "Transactions booked in the period that a scenario flagged, and why.",
           lambda period: (TRANSACTIONS,), filename="flagged_transactions")
)  # fmt: skip
register_export(
    Export("flagged-risks", "Flagged risks", "Customers rated high or with something open, as they stand now.",
           lambda period: (RISKS,), filename="flagged_risks")
)  # fmt: skip
