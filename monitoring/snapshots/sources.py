"""Where a domain's rows come from in the database. A domain whose rows are stored has one entry here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from monitoring.domains.base import Domain
from monitoring.domains.pharma import PHARMA
from monitoring.models import ProcessEvent, Transaction

_COMPUTED = {*PHARMA.derived, *(table.gives for table in PHARMA.files.tables.values())}


@dataclass(frozen=True)
class Source:
    """`model` rows booked at `time`; `columns` of it by the field of the domain: what rules may look at, no more."""

    model: Any
    time: str
    columns: Mapping[str, str]

    def rows(self) -> "QuerySet[Any]":
        """Every row, in no order."""
        found: QuerySet[Any] = self.model.objects.order_by()
        return found

    def months(self, rows: "QuerySet[Any]") -> dict[str, int]:
        """How many of the rows were booked in each month (`2026-03`, UTC)."""
        month = TruncMonth(self.time, tzinfo=UTC)
        counted = rows.annotate(month=month).values("month").annotate(number=Count("pk"))
        return {row["month"].strftime("%Y-%m"): row["number"] for row in counted}

    def of_month(self, rows: "QuerySet[Any]", month: str) -> "QuerySet[Any]":
        """Those of the rows that were booked in the month."""
        start, end = month_span(month)
        return rows.filter(**{f"{self.time}__gte": start, f"{self.time}__lt": end})


_SOURCES = {
    "finance": Source(
        Transaction,
        "booked_at",
        {
            "id": "id", "subject": "customer_id", "booked_at": "booked_at", "amount": "base_amount", "direction": "direction",
            "currency": "currency", "type": "type", "channel": "channel", "account": "account",
            "counterparty_name": "counterparty_name", "counterparty_account": "counterparty_account",
            "counterparty_country": "counterparty_country", "reference": "reference",
        },
    ),
    "pharma": Source(
        ProcessEvent,
        "started_at",
        {"id": "id", PHARMA.subject: "process_id", PHARMA.owner: "customer_id", "started_at": "started_at"}
        | {name: name for name in PHARMA.fields if name not in _COMPUTED},
    ),
}  # fmt: skip


def fields_given(domain: Domain) -> list[str]:
    """The fields that rules may look at in stored rows: those of the source, and what is computed from them."""
    computed = {*domain.derived, *(table.gives for table in domain.files.tables.values())}
    return [*(name for name in source_of(domain.code).columns if name in domain.fields), *computed]


def subject_of(owner: object, name: str) -> str:
    """The subject of stored rows whose own name, such as a batch's, another owner may use, too."""
    return f"{name} {owner}"


def stored_domains() -> list[str]:
    """The domains whose rows the database holds."""
    return list(_SOURCES)


def source_of(domain: str) -> Source:
    """Where the domain's rows are; raises KeyError for one that is judged from files only."""
    return _SOURCES[domain]


def folder_of(domain: str) -> Path:
    """Where the domain's snapshot lies."""
    return Path(settings.DATA_DIR) / "snapshots" / domain


def month_span(month: str) -> tuple[datetime, datetime]:
    """From the month's first moment to the next month's."""
    year, number = int(month[:4]), int(month[5:])
    following = (year + number // 12, number % 12 + 1)
    return datetime(year, number, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC)
