"""A manufacturer's batch records: two months of tablets, and three entries in them that a reviewer must see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from core.clock import now

MANUFACTURER = "DEMO-017"
_SEED, _BATCHES = 2026, 30
_STEPS = (  # step, minutes it takes, what is measured, from, to, equipment
    ("Dispensing", 40, "net mass kg", 119.4, 120.6, "SCALE-2"),
    ("Granulation", 90, "torque Nm", 14.0, 22.0, "GRAN-1"),
    ("Drying", 150, "moisture %", 1.2, 2.4, "DRYER-1"),
    ("Compression", 180, "hardness N", 70.0, 110.0, "PRESS-3"),
    ("Coating", 120, "mass gain %", 2.7, 3.3, "COATER-1"),
    ("Packaging", 160, "leak test mbar", 0.0, 4.0, "LINE-5"),
)
_OPERATORS = ("op.haas", "op.lindqvist", "op.moreau", "op.okafor", "op.rossi", "op.silva")
_BACKDATED, _OWN_WORK, _OUTSIDE = (21, 2), (24, 4), (27, 3)


def demo_batches() -> list[dict[str, object]]:
    """The entries of thirty batches, one begun every other day; the last ended yesterday."""
    chance = Random(_SEED)  # noqa: S311 - a demonstration, no secret
    return [row for batch in range(_BATCHES) for row in _batch(batch, chance)]


def demo_qualifications() -> list[dict[str, object]]:
    """Everybody is trained for every step."""
    return [
        {"customer_external_id": MANUFACTURER, "operator_id": operator, "step": step[0]}
        for operator in _OPERATORS
        for step in _STEPS
    ]


def _batch(batch: int, chance: Random) -> Iterator[dict[str, object]]:
    day = now().replace(hour=6, minute=0, second=0, microsecond=0) - timedelta(days=2 * (_BATCHES - batch))
    at = day + timedelta(minutes=chance.randint(0, 30))
    for place, step in enumerate(_STEPS):
        ended = at + timedelta(minutes=round(step[1] * chance.uniform(0.92, 1.12)))
        yield _entry(batch, place, at, ended, chance)
        at = ended + timedelta(minutes=chance.randint(5, 15))


def _entry(batch: int, place: int, began: datetime, ended: datetime, chance: Random) -> dict[str, object]:
    step, _, parameter, lower, upper, equipment = _STEPS[place]
    operator, verifier = chance.sample(_OPERATORS, 2)
    width = upper - lower
    value = chance.uniform(lower + 0.2 * width, upper - 0.2 * width)
    late = timedelta(days=3) if (batch, place) == _BACKDATED else timedelta(minutes=chance.randint(1, 6))
    return {
        "external_id": f"B{2600 + batch}-{place + 1}", "customer_external_id": MANUFACTURER, "process_id": f"B{2600 + batch}",
        "operator_id": operator, "verifier_id": operator if (batch, place) == _OWN_WORK else verifier,
        "step": step, "step_no": place + 1, "product": "Samplamine 50 mg", "site": "Sampleton", "equipment_id": equipment,
        "start_ts": began.isoformat(), "end_ts": ended.isoformat(), "recorded_ts": (ended + late).isoformat(),
        "parameter": parameter, "lower": lower, "upper": upper,
        "value": round(upper + 0.3 * width if (batch, place) == _OUTSIDE else value, 3),
        "deviation_flag": 0, "entry_no": 1, "completes": int(place == len(_STEPS) - 1),
    }  # fmt: skip
