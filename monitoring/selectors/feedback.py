"""What people found of the rows that a version of a model flagged: how precise it is where it is used."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.intervals import wilson
from monitoring.models import ModelVersion
from monitoring.selectors.labels import ROW_OF_DOMAIN, labels_by_people

LEAST, _BEFORE = 30, timedelta(days=180)


@dataclass(frozen=True)
class Feedback:
    """Of flagged rows `judged` since the version was trained, how many were `suspicious`; `measured` is its precision on rows it
    had not seen. `label_rate` is the share of all labels since that are suspicious, `former_rate` that of half a year before."""

    judged: int
    suspicious: int
    measured: float | None
    label_rate: float | None
    former_rate: float | None

    @property
    def precision(self) -> float | None:
        """The share of them that were suspicious; None where nobody judged one."""
        return self.suspicious / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of it."""
        return wilson(self.suspicious, self.judged)

    @property
    def has_fallen(self) -> bool:
        """Whether it is less precise than it was measured, and not by chance: of thirty rows judged or more."""
        return self.measured is not None and self.judged >= LEAST and self.interval[1] < self.measured


def feedback_of(version: ModelVersion) -> Feedback:
    """What people's labels since the version was trained say of what it flagged."""
    since = version.created_at
    labels = {key: label for key, (label, _) in labels_by_people(version.domain, since)[0].items() if label >= 0}
    row = ROW_OF_DOMAIN[version.domain]
    flagged = version.scores.filter(is_flagged=True).order_by().values_list(f"{row}_id", flat=True)
    found = [labels[key] for key in map(str, flagged) if key in labels]
    report = (version.metrics.get("test") or {}).get("report", {})
    return Feedback(
        len(found), sum(found), report.get("suspicious", {}).get("precision"), _rate(list(labels.values())),
        _former_rate(version.domain, since),
    )  # fmt: skip


def _former_rate(domain: str, until: datetime) -> float | None:
    """Of labels of rows found or flagged in the half year before."""
    later = labels_by_people(domain, until)[0]
    all_of_them = labels_by_people(domain, until - _BEFORE)[0]
    return _rate([label for key, (label, _) in all_of_them.items() if key not in later and label >= 0])


def _rate(labels: list[int]) -> float | None:
    return sum(labels) / len(labels) if labels else None
