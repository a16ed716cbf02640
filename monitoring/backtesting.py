"""A rule over events of the past: how often it would have fired, on whom, with what. No database; loads Polars."""

import json
from typing import Any

import polars as pl

from monitoring.files.frames import EventFrame
from monitoring.rules.evaluator import ID, fired, firings, outcomes, prepare
from monitoring.rules.faults import RuleFault, RuleInvalid
from monitoring.rules.reader import data_of_text
from monitoring.rules.trace import sentence_of
from monitoring.rules.words import text_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scoring import told

_SHOWN = 10
_OPTIONAL = ("parameters", "measures", "sentence", "min_history_days", "cool_down")


def definition_of(content: str, domain: str = "") -> ScenarioDefinition:
    """The scenario in a file: JSON with `rule` (parameters as values or as `{value, meaning}`), a condition alone as JSON,
    or as text. Raises RuleInvalid where it is none of these."""
    data: Any
    try:
        data = json.loads(content)
    except ValueError:
        if content.lstrip().startswith(("{", "[")):
            raise RuleInvalid([RuleFault("/", "not_json", "is no JSON", "check commas and quotes")]) from None
        data = data_of_text(content)
    if not isinstance(data, dict):
        raise RuleInvalid([RuleFault("/", "not_a_rule", "is no object", "{rule: …} or a condition")])
    if "rule" not in data:
        data = {"rule": data}
    given = data.get("parameters") or {}
    values = {name: item["value"] if isinstance(item, dict) else item for name, item in given.items()}
    more = {name: data[name] for name in _OPTIONAL if name in data and name != "parameters"}
    facts = {"code": "backtest", "title": "Backtest", "typology": "", "severity": "medium", "rationale": "",
             "reference": "", "sentence": ""}  # fmt: skip
    own = domain or str(data.get("domain", "finance"))
    return ScenarioDefinition(**(facts | more), rule=data["rule"], parameters=values, domain=own)


def backtest(events: EventFrame, definition: ScenarioDefinition, *, base_currency: str) -> dict[str, Any]:
    """Counts, rates and examples of what the rule fires on; `alerts` are firings outside cool-downs."""
    rule = definition.checked()
    domain = rule.domain
    prepared = prepare(events.frame, [rule])
    found = outcomes(prepared, rule)
    counted = dict(found["outcome"].value_counts().iter_rows())
    rows = fired(prepared, rule)
    alerts = rows.filter(told(rows, domain, definition))
    span = events.frame.select(
        (pl.col(domain.time).max() - pl.col(domain.time).min()).dt.total_seconds() / 86_400
    ).item()
    days = max(span or 0.0, 1.0)
    event_ids = dict(events.event_ids.filter(pl.col(ID).is_in(alerts[ID].head(_SHOWN).to_list())).iter_rows())
    among = pl.col(ID).is_in(list(event_ids))
    return {
        "rule": text_of(rule.condition), "events": events.number, "days": round(days, 1),
        "rows": {name: counted.get(name, 0) for name in ("fired", "silent", "unknown", "insufficient_history")},
        "findings": len(rows), "alerts": len(alerts), "alerts_a_day": round(len(alerts) / days, 2),
        "subjects": rows[domain.subject].n_unique(),
        "hits": [
            {
                "event_id": event_ids[item.row_id],
                "sentence": sentence_of(
                    definition.sentence, {**definition.parameters, **item.values, "base_currency": base_currency}
                ),
                "trace": item.trace,
            }
            for item in firings(prepared, rule, among)
        ],
    }  # fmt: skip
