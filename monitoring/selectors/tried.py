"""Reads for trying rules on the past."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from monitoring.domains import domain_of
from monitoring.models import Finding, Ingest, Scenario
from monitoring.snapshots.sources import source_of, stored_domains, subject_of


def rows_kept(domain: str) -> int:
    """How many rows of the domain the database holds; none of one that is judged from files only."""
    return source_of(domain).rows().count() if domain in stored_domains() else 0


def rows_state(domain: str) -> str:
    """Changes whenever rows of a domain were taken in, or alerts were decided."""
    newest = Ingest.objects.order_by("-pk").values_list("pk", flat=True).first()
    decided = Finding.objects.filter(alert__decision__isnull=False).order_by("-alert__decision__pk")
    return f"{domain} {newest} {decided.values_list('alert__decision__pk', flat=True).first()}"


def known_findings(domain: str, since: datetime) -> Iterator[tuple[str, datetime, str, str, str]]:
    """Subject (see `subject_of`), moment, alert, scenario and disposition (empty while open) of every finding since then."""
    if domain not in stored_domains():
        return
    row, source = "event" if domain_of(domain).owner else "transaction", source_of(domain)
    rows = Finding.objects.filter(**{f"{row}__{source.time}__gte": since}).order_by()
    names = ("alert__customer_id", "alert__process_id", f"{row}__{source.time}", "alert_id", "alert__scenario__title",
             "alert__disposition")  # fmt: skip
    for customer, process, at, alert, scenario, disposition in rows.values_list(*names).iterator():
        subject = subject_of(customer, process) if process else str(customer)
        yield subject, at, str(alert), scenario, disposition


def histogram_key(domain: str, text: str) -> str:
    """Where the cache keeps the distribution of an operand."""
    return f"monitoring:histogram:{domain}:{sha256(text.encode()).hexdigest()[:32]}"


def code_is_taken(code: str) -> bool:
    """Whether there is a scenario of this short name."""
    return Scenario.objects.filter(code=code).exists()
