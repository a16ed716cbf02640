"""What other thresholds would have done to matches that are already stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

LOWEST, HIGHEST, STEP = Decimal("0.70"), Decimal("1.00"), Decimal("0.02")
THRESHOLDS: tuple[Decimal, ...] = tuple(LOWEST + STEP * step for step in range(int((HIGHEST - LOWEST) / STEP) + 1))


@dataclass(frozen=True)
class Judged:
    """A stored match: its score (similarity and evidence together), whether it was raised, and what people decided of it."""

    score: Decimal
    raised: bool
    true_match: bool = False
    false_positive: bool = False


@dataclass(frozen=True)
class SweepRow:
    """One threshold: pairs raised from it on, what they hold, and `share_kept` of all true matches (None: there are none).

    `avoided` are false positives that would not have been raised, `at_least`: the engine stores only part of what lies here.
    """

    raise_from: Decimal
    raised: int
    per_day: Decimal
    true_kept: int
    share_kept: Decimal | None
    false_kept: int
    avoided: int
    in_force: bool
    at_least: bool


def swept(matches: Iterable[Judged], *, days: Decimal, in_force: Decimal) -> list[SweepRow]:
    """Every threshold of `THRESHOLDS` over these matches of `days` days, where `in_force` is the one that stands.

    The share of true matches kept is a proxy of recall: it knows only those that the threshold in force raised.
    """
    known = list(matches)
    return [_row(known, threshold, days, in_force) for threshold in THRESHOLDS]


def _row(matches: Sequence[Judged], threshold: Decimal, days: Decimal, in_force: Decimal) -> SweepRow:
    above = [match for match in matches if match.score >= threshold]
    true_kept, false_kept = sum(match.true_match for match in above), sum(match.false_positive for match in above)
    true_ever = sum(match.true_match for match in matches)
    return SweepRow(
        raise_from=threshold, raised=len(above), per_day=(len(above) / days).quantize(Decimal("0.1")),
        true_kept=true_kept, share_kept=(Decimal(100 * true_kept) / true_ever).quantize(Decimal("0.1")) if true_ever else None,
        false_kept=false_kept, avoided=sum(match.false_positive for match in matches) - false_kept,
        in_force=threshold == in_force, at_least=threshold < in_force,
    )  # fmt: skip
