"""What an examiner asks for: the population of a period, a sample of it that can be drawn again, what stayed below the line."""

import hashlib
from collections.abc import Iterator

from monitoring.models import QuietFinding
from monitoring.selectors import alerts_visible_to
from reporting.exports.base import Cells, Export, Period, Table, register_export
from reporting.exports.kinds.cases import ALERTS, CASES

_SAMPLE = 60
_BELOW = ("scenario", "version", "why held back", "transaction", "customer", "booked", "base amount", "sentence")


def _drawn(key: str, period: Period) -> str:
    return hashlib.sha256(f"{period.first}:{period.last}:{key}".encode()).hexdigest()


def _sample(period: Period) -> Iterator[Cells]:
    """60 alerts by the lowest SHA-256 of period and id: anybody can draw the same again."""
    rows = alerts_visible_to(period.principal).prefetch_related(None)
    found = rows.filter(created_at__date__gte=period.first, created_at__date__lte=period.last)
    chosen = sorted((_drawn(str(alert.pk), period), alert) for alert in found.order_by("pk"))[:_SAMPLE]
    for digest, alert in chosen:
        yield digest, str(alert.pk), alert.scenario.title, alert.customer.external_id, alert.state, alert.disposition


def _below(period: Period) -> Iterator[Cells]:
    """Firings that raised nothing: of shadow versions, snoozed and cooling scenarios."""
    rows = QuietFinding.objects.filter(created_at__date__gte=period.first, created_at__date__lte=period.last)
    related = ("version__scenario", "transaction__customer")
    for row in rows.select_related(*related).order_by("created_at").iterator(chunk_size=1000):
        held = row.transaction
        if held is None:  # a firing on a process event
            continue
        yield (row.version.scenario.title, row.version.number, row.get_why_display(), held.external_id,
               held.customer.external_id, held.booked_at, held.base_amount, row.sentence)  # fmt: skip


_TABLES = (
    ALERTS, CASES, Table("Sample", ("drawn by", "alert", "scenario", "customer", "state", "disposition"), _sample),
    Table("Below the line", _BELOW, _below),
)  # fmt: skip
register_export(
    Export("examination", "Data for examiners",
           "The population of alerts and cases, a sample anybody can draw again, what stayed below the line.",
           lambda period: _TABLES, formats=("xlsx",))
)  # fmt: skip
