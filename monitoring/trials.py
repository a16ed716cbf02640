"""Between the database and the warm frames: what the pages ask about a rule's past. Loads Polars, so pages import it late."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import polars as pl
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from core.clock import now
from monitoring.domains import domain_of
from monitoring.rules.checker import Rule
from monitoring.rules.comparisons import Limit, inner_limits, limits_of, slid_operands
from monitoring.rules.evaluator import Prepared, schema_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import histogram_key, known_findings, rows_kept, rows_state
from monitoring.snapshots.reading import history_frame
from monitoring.snapshots.sources import stored_domains
from monitoring.warm.frame import LOOKED_AT, WarmFrame
from monitoring.warm.histogram import histogram
from monitoring.warm.known import known_alerts
from monitoring.warm.stock import Source, Stock
from monitoring.warm.sweep import Point, sweep
from monitoring.warm.trial import Trial, by_customer, firings_of, trial
from monitoring.warm.turn import Superseded, Turns

MOST_ROWS = 6_000_000
COMPARED_DAYS, NAMED = 90, 10
_HISTOGRAM_SECONDS = 6 * 3600
STOCK, TURNS = Stock(), Turns()


@dataclass(frozen=True)
class Answer:
    """What the editor shows beside an edit. `trial` is None while the rows are being read (`rows` of them)."""

    rows: int
    trial: Trial | None = None
    limits: list[Limit] = field(default_factory=list)
    swept: Limit | None = None
    points: list[Point] = field(default_factory=list)
    has_measured: bool = False


def warm_frame(domain: str) -> WarmFrame | None:
    """The domain's rows of the last year and what rules look back to before it; None while they are read."""
    source = Source(
        lambda: rows_state(domain),
        lambda: rows_kept(domain),
        lambda token: history_of_domain(domain, token),
        connection.close,
    )
    return STOCK.frame(domain, source)


def history_of_domain(domain: str, token: str = "") -> WarmFrame:
    """The domain's rows of the last year and before, read anew. For workers."""
    told, moment = domain_of(domain), now()
    since = moment - timedelta(days=LOOKED_AT + told.kept_days)
    rows = history_frame(domain, since) if domain in stored_domains() else pl.DataFrame(schema=schema_of(told))
    if len(rows) > MOST_ROWS:  # whole customers, spread evenly: a rule looks at a customer's rows together
        share = 1 + len(rows) // MOST_ROWS
        rows = rows.filter(pl.col(told.owner or told.subject).hash(seed=1) % share == 0)
    return WarmFrame(told, rows, known_alerts(known_findings(domain, since)), moment, token)


def tried_answer(definition: ScenarioDefinition, *, key: str, swept: str = "") -> Answer:
    """The definition on the last year. `key` is the sheet: a newer call for it ends this one by Superseded.

    `swept` is the place of the limit that is swept. Side effects: distributions of what is compared are kept in the cache.
    """
    with TURNS.turn(key) as alive:
        warm = warm_frame(definition.domain)
        if warm is None:
            return Answer(rows_kept(definition.domain))
        made = trial(warm, definition, base_currency=settings.BASE_CURRENCY, alive=alive)
        rule = definition.checked()
        outer = limits_of(rule)
        limits = [*outer, *inner_limits(rule)]
        likely = (outer or limits)[-1:]
        chosen = next((limit for limit in limits if limit.path == swept), likely[0] if likely else None)
        if not made.rows:
            return Answer(0, made, limits, chosen)
        prepared = warm.prepared(rule)
        points = sweep(warm, definition, rule, prepared, chosen, alive=alive) if chosen else []
        return Answer(made.rows, made, limits, chosen, points, _measured(prepared, rule))


def _measured(prepared: Prepared, rule: Rule) -> bool:
    """Keeps the distributions that the cache does not have; whether there were any."""
    wanted = {histogram_key(rule.domain.code, text): operand for text, operand in slid_operands(rule).items()}
    known = cache.get_many(wanted)
    fresh = {}
    for key, operand in wanted.items():
        if key not in known:
            values = prepared.frame.select(prepared.compiler.operand(operand).alias("value"))["value"]
            fresh[key] = histogram(values)
    cache.set_many({key: made for key, made in fresh.items() if made}, _HISTOGRAM_SECONDS)
    return any(fresh.values())


def backtested(definition: ScenarioDefinition, former: ScenarioDefinition | None) -> dict[str, Any]:
    """What the definition would have done in the last year, as a version keeps it; no personal data but ids of customers.

    `former` is what it would replace: who gains and who loses alerts is told too. For a worker: reads all rows anew.
    """
    warm = history_of_domain(definition.domain)
    made = trial(warm, definition, base_currency=settings.BASE_CURRENCY)
    result: dict[str, Any] = {
        "transactions": made.rows, "at": warm.until.isoformat(), "latest": [shown.sentence for shown in made.hits],
        "periods": [
            {"days": item.days, "findings": item.findings, "alerts": item.alerts, "a_day": item.a_day,
             "customers": item.customers, "decided": item.decided, "suspicious": item.suspicious}
            for item in made.periods
        ],
    }  # fmt: skip
    return result if former is None or not made.rows else {**result, "compared": _compared(warm, former, definition)}


def _compared(warm: WarmFrame, former: ScenarioDefinition, fresh: ScenarioDefinition) -> dict[str, Any]:
    before, after = (_alerts_by_customer(warm, definition) for definition in (former, fresh))
    gained = sorted(subject for subject in after if after[subject] > before.get(subject, 0))
    lost = sorted(subject for subject in before if before[subject] > after.get(subject, 0))
    return {
        "days": COMPARED_DAYS, "before": sum(before.values()), "after": sum(after.values()), "gained": len(gained),
        "lost": len(lost), "same": len(before.keys() | after.keys()) - len(gained) - len(lost),
        "gaining": gained[:NAMED], "losing": lost[:NAMED],
    }  # fmt: skip


def _alerts_by_customer(warm: WarmFrame, definition: ScenarioDefinition) -> dict[str, int]:
    rule = definition.checked()
    found = firings_of(warm, warm.prepared(rule), definition, rule)
    return by_customer(found, warm.domain.subject, warm.domain.time, warm.since(COMPARED_DAYS))


__all__ = ["Answer", "Superseded", "backtested", "history_of_domain", "tried_answer", "warm_frame"]
