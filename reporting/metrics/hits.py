"""Figures of screening: how many hits a list gives, and how many of them are nobody."""

from cases.selectors import customers_in_queue
from core.words import said
from reporting.metrics.base import Figure, Metric, Row, Scope, percent
from screening.selectors import coverage_by_list, hit_counts_by_list, list_ages

_HEADER = ("list", "open", said("true matches"), said("false positives"), said("false positives %"))


def _by_list(scope: Scope) -> Metric:
    customers = customers_in_queue(scope.queue) if scope.queue else None
    rows: list[Row] = []
    for row in hit_counts_by_list(since=scope.since, customers=customers):
        share = percent(row.false_positives, row.true_matches + row.false_positives)
        rows.append((row.name, row.still_open, row.true_matches, row.false_positives, share))
    return Metric(
        "hits-by-list", "False positives by list", _HEADER, tuple(rows), chart="stack", drawn=_HEADER[1:4],
        note=said("Hits raised within the period; the share is of those that are decided."),
    )  # fmt: skip


HITS_BY_LIST = Figure("hits-by-list", "False positives by list", _by_list)


def _coverage(scope: Scope) -> Metric:
    """Every active list with how many customers it covers; never narrowed: nobody may be forgotten."""
    late = {age.name for age in list_ages() if age.late}
    rows: list[Row] = [
        (
            item.version.watchlist.name,
            item.screened,
            item.pending,
            item.failed,
            int(item.version.watchlist.name in late),
        )
        for item in coverage_by_list()
    ]
    missing = sum(item.pending + item.failed for item in coverage_by_list())
    told = (
        said("{missing} screenings are missing.", missing=missing)
        if missing
        else said("Every active customer is screened against every list.")
    )
    header = ("list", "screened", "pending", "failed", "late")
    note = said("Late: the last fetch failed, or is older than twice its interval.")
    return Metric("screening-coverage", "Customers screened by list", header, tuple(rows), chart="stack",
                  drawn=header[1:4], sentence=told, note=note)  # fmt: skip


COVERAGE = Figure("screening-coverage", "Customers screened by list", _coverage)
