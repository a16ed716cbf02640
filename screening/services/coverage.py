"""Keeping the ledger of who was screened against what."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from core.clock import now
from screening.enums import CoverageState
from screening.models import Coverage, ListVersion

_UPDATED = ["version", "state", "screened_at", "error"]


def cover(customer_ids: Iterable[UUID], versions: Sequence[ListVersion]) -> None:
    """Says that these customers were screened against these versions now. Inside the caller's transaction."""
    _keep(customer_ids, versions, CoverageState.SCREENED, "")


def say_failed(customer_id: UUID, versions: Sequence[ListVersion], error: str) -> None:
    """Says that a customer could not be screened against these versions: it counts as not screened until it could."""
    _keep([customer_id], versions, CoverageState.FAILED, error[:120])


def _keep(customer_ids: Iterable[UUID], versions: Sequence[ListVersion], state: CoverageState, error: str) -> None:
    moment = now()
    rows = [
        Coverage(customer_id=customer_id, watchlist_id=version.watchlist_id, version=version, state=state,
                 screened_at=moment, error=error)
        for customer_id in customer_ids for version in versions
    ]  # fmt: skip
    Coverage.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["customer", "watchlist"], update_fields=_UPDATED, batch_size=1000
    )
