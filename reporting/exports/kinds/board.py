"""The figures of a period for the board: every figure of the dashboard, on paper or as sheets."""

from collections.abc import Callable, Iterator

from core.clock import today
from reporting.exports.base import Cells, Export, Period, Table, register_export
from reporting.metrics import METRICS, Metric, Scope


def _rows(metric: Metric) -> Callable[[Period], Iterator[Cells]]:
    def rows(period: Period) -> Iterator[Cells]:
        yield from metric.rows

    return rows


def _tables(period: Period) -> tuple[Table, ...]:
    days = max(1, (today() - period.first).days)
    found = [figure.compute(Scope(period.principal, days)) for figure in METRICS.values()]
    return tuple(Table(metric.title[:31], metric.header, _rows(metric)) for metric in found)


register_export(
    Export("board", "Figures for the board", "Every figure of the dashboard since the first day of the period.", _tables,
           formats=("pdf", "xlsx"), filename="key_figures")
)  # fmt: skip
