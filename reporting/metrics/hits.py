"""Figures of screening: how many hits a list gives, and how many of them are nobody."""

from cases.selectors import customers_in_queue
from reporting.metrics.base import Figure, Metric, Row, Scope, percent
from screening.selectors import hit_counts_by_list

_HEADER = ("list", "open", "true matches", "false positives", "false positives %")


def _by_list(scope: Scope) -> Metric:
    customers = customers_in_queue(scope.queue) if scope.queue else None
    rows: list[Row] = []
    for row in hit_counts_by_list(since=scope.since, customers=customers):
        share = percent(row.false_positives, row.true_matches + row.false_positives)
        rows.append((row.name, row.still_open, row.true_matches, row.false_positives, share))
    return Metric(
        "hits-by-list", "False positives by list", _HEADER, tuple(rows), chart="stack", drawn=_HEADER[1:4],
        note="Hits raised within the period; the share is of those that are decided.",
    )  # fmt: skip


HITS_BY_LIST = Figure("hits-by-list", "False positives by list", _by_list)
