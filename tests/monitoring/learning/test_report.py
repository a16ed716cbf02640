"""The report of a version: beside the champion, escaped, in figures that people read."""

import numpy as np
import polars as pl

from monitoring.learning.beside import fairness, highest, outcomes, typologies
from monitoring.learning.evaluation import evaluate
from monitoring.learning.report import report_html

_LABELS = np.array([1, 0] * 60)
_TIMES = np.arange(len(_LABELS)) * 86_400_000_000


def measured(found: float) -> dict:
    """Of a version that gives so large a share of the suspicious rows a high chance."""
    chances = np.where((_LABELS == 1) & (np.arange(len(_LABELS)) < found * len(_LABELS)), 0.9, 0.1)
    kinds = ["mule<b>" if label else "" for label in _LABELS]
    groups = {"channel": pl.Series(["online"] * len(_LABELS))}
    return evaluate(chances, _LABELS, 0.5, times=_TIMES, typologies=kinds, groups=groups)


def test_a_version_stands_beside_the_champion() -> None:
    beside = [("this", measured(1.0)), ("champion", measured(0.5))]
    assert dict(outcomes(beside))["Suspicious, not flagged"] == [0, 30]
    assert [[row["recall"] for row in rows] for _, _, rows in typologies(beside)] == [[1.0, 0.5]]
    assert [row["precision"] for row in dict(highest(beside))[50]] == [1.0, 0.6]
    ((name, (group,)),) = fairness(beside[0][1], beside[1][1])
    assert (name, group["recall"], group["then"]["recall"]) == ("channel", 1.0, 0.5)


def test_the_report_has_what_the_page_has_and_escapes_it() -> None:
    metrics = {"test": measured(1.0), "champion": measured(0.5), "validation": {"by_time": [], "by_subject": []}}
    page = report_html({"title": "finance model", "rows": {"events": 1172, "positives": 24}}, metrics)
    for told in (
        "events 1,172, positives 24",
        "champion then",
        "Recall of each typology",
        "mule&lt;b&gt;",
        "100.0 (94.0 to 100.0)",
    ):
        assert told in page
    assert "None" not in page.replace("<p>None.</p>", "")
    assert "prefers-color-scheme:dark" in page
