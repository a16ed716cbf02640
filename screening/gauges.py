"""What screening tells of itself: coverage, how old lists are, providers that do not answer."""

from collections.abc import Iterator

from core.clock import now
from core.measuring import Gauge, register_gauge
from screening.selectors import active_customers, coverage_by_list, list_ages, providers_down

Rows = Iterator[tuple[tuple[str, ...], float]]


def _customers() -> Rows:
    yield (), active_customers().count()


def _covered() -> Rows:
    """The share of active customers a list's active version covers; 1 where there is no customer."""
    for row in coverage_by_list():
        yield (row.version.watchlist.name,), row.screened / row.customers if row.customers else 1.0


def _ages() -> Rows:
    """Since a list was fetched, or activated where it has no source."""
    for row in list_ages():
        since = row.fetched_at or row.activated_at
        if since is not None:
            yield (row.name,), (now() - since).total_seconds()


def _late() -> Rows:
    yield (), sum(row.late for row in list_ages())


def _down() -> Rows:
    yield (), len(providers_down())


register_gauge(Gauge("probity_customers_active", "Customers that must be screened.", _customers))
register_gauge(Gauge("probity_screening_coverage_ratio", "Share of active customers screened against a list's active version.",
                     _covered, ("list",)))  # fmt: skip
register_gauge(Gauge("probity_list_age_seconds", "Time since a list was fetched or activated.", _ages, ("list",)))
register_gauge(Gauge("probity_lists_late", "Lists that were not fetched in time.", _late))
register_gauge(Gauge("probity_screening_providers_down", "Providers that do not answer.", _down))
