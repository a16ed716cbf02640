"""How far people's labels can be trusted: agreement, decisions overturned, and what the model's word does to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.agreement import Kappa, cohen_kappa
from core.clock import now
from core.intervals import newcombe, wilson
from core.words import said
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.models import AlertDecision, BlindItem
from monitoring.selectors.second_looks import open_disputes, second_looks

QUALITY_PERIODS = (90, 365, 730)
LEAST_DRAWN = 30  # below it the interval of a share or of kappa is wider than any difference that a chart could show
_DEFAULT = 365
_SUSPICIOUS = AlertDisposition.SUSPICIOUS


@dataclass(frozen=True)
class Agreement:
    """How far the first and the second person agree in one respect."""

    name: str
    kappa: Kappa


@dataclass(frozen=True)
class Overturned:
    """Of decisions that were judged again, how many the second person changed; `stood` and `reversed` as settled since."""

    name: str
    judged: int
    changed: int
    stood: int
    reversed: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share that was changed."""
        return wilson(self.changed, self.judged)

    @property
    def rate(self) -> float | None:
        """The share that was changed; None where nothing was judged again."""
        return self.changed / self.judged if self.judged else None


@dataclass(frozen=True)
class Bias:
    """Decisions that went along with the model, where its word was shown and where it was kept back."""

    name: str
    shown: int
    shown_along: int
    hidden: int
    hidden_along: int

    @property
    def difference(self) -> tuple[float, float, float] | None:
        """Share shown less share hidden, with its 95 % interval (Newcombe 1998); None where one of them has none."""
        if not self.shown or not self.hidden:
            return None
        low, high = newcombe(self.shown_along, self.shown, self.hidden_along, self.hidden)
        return self.shown_along / self.shown - self.hidden_along / self.hidden, low, high


@dataclass(frozen=True)
class LabelQuality:
    """What the page, its files and REST tell of `days` days."""

    days: int
    judged: int
    waiting: int
    disputes: int
    agreements: list[Agreement]
    by_month: list[Overturned]
    by_reason: list[Overturned]
    bias: list[Bias]

    @property
    def wanted(self) -> int:
        """How many alerts are still to be judged twice before a chart says anything."""
        return max(LEAST_DRAWN - self.judged, 0)

    @property
    def has_bias(self) -> bool:
        """Whether any alert was decided of which the model had said something."""
        return any(row.shown or row.hidden for row in self.bias)


def quality_days(told: str) -> int:
    """The period that is asked for; a year where it is none that is offered."""
    return int(told) if told.isdecimal() and int(told) in QUALITY_PERIODS else _DEFAULT


def label_quality(days: int) -> LabelQuality:
    """The quality of labels by decisions and second looks of the last `days` days."""
    since = now() - timedelta(days=days)
    items = list(second_looks().filter(judged_at__gte=since))
    return LabelQuality(
        days, len(items), BlindItem.objects.filter(control__isnull=False, judged_at=None).count(),
        open_disputes().count(), _agreements(items),
        _overturned(items, lambda item: f"{_first(item).created_at:%Y-%m}"),
        _overturned(items, lambda item: AlertReason(_first(item).reason_code).label), _bias(since),
    )  # fmt: skip


def _first(item: BlindItem) -> AlertDecision:
    decision: AlertDecision = item.control.decision  # type: ignore[union-attr]  # second looks have a control
    return decision


def _is_suspicious(told: Any) -> bool:
    return bool(told.disposition == _SUSPICIOUS)


def _agreements(items: Sequence[BlindItem]) -> list[Agreement]:
    """Of the outcome, the disposition, the reason; and of every reason code against all others together."""

    def of(name: str, told_by: Callable[[Any], Any], among: Iterable[BlindItem] = items) -> Agreement:
        return Agreement(name, cohen_kappa([(told_by(_first(item)), told_by(item)) for item in among]))

    whole = [
        of(said("Outcome: suspicious or not"), _is_suspicious),
        of(said("Disposition"), lambda told: told.disposition),
        of(said("Reason"), lambda told: told.reason_code),
    ]
    given = {code for item in items for code in (item.reason_code, _first(item).reason_code)}
    each = [
        of(said("Reason: {label}", label=said(code.label)), lambda told, code=code: told.reason_code == code)  # type: ignore[misc]
        for code in AlertReason
        if code in given
    ]
    return whole + each


def _overturned(items: Sequence[BlindItem], name_of: Callable[[Any], str]) -> list[Overturned]:
    found: dict[str, list[BlindItem]] = {}
    for item in items:
        found.setdefault(name_of(item), []).append(item)
    return [_overturned_of(name, among) for name, among in sorted(found.items())]


def _overturned_of(name: str, items: Sequence[BlindItem]) -> Overturned:
    changed = [item for item in items if _is_suspicious(item) != _is_suspicious(_first(item))]
    settled = [item for item in changed if hasattr(item, "settlement")]
    reversed_ = sum(_is_suspicious(item.settlement) != _is_suspicious(_first(item)) for item in settled)
    return Overturned(name, len(items), len(changed), len(settled) - reversed_, reversed_)


def _bias(since: datetime) -> list[Bias]:
    decided = AlertDecision.objects.filter(created_at__gte=since, suggested__isnull=False)
    rows = list(decided.values_list("suggested", "was_hidden", "disposition"))
    groups = {said("The model flags it"): {True}, said("The model does not"): {False}, said("Both"): {True, False}}
    return [_bias_of(name, [row for row in rows if row[0] in among]) for name, among in groups.items()]


def _bias_of(name: str, rows: Sequence[tuple[bool | None, bool, str]]) -> Bias:
    along = [(was_hidden, (disposition == _SUSPICIOUS) == suggested) for suggested, was_hidden, disposition in rows]
    shown = [went for was_hidden, went in along if not was_hidden]
    hidden = [went for was_hidden, went in along if was_hidden]
    return Bias(name, len(shown), sum(shown), len(hidden), sum(hidden))
