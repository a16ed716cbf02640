"""The evaluation of a version as one HTML file that needs nothing beside it, by day and by night, on paper and on a telephone."""

from collections.abc import Sequence
from html import escape
from typing import Any

from monitoring.learning.beside import Beside, fairness, highest, outcomes, typologies
from monitoring.learning.charts import bar_chart, line_chart

_SHOWN = 20
_BESIDE = {"champion": "champion then", "baseline": "plain random forest"}
_RATES = (("flagged", "flagged_share"), ("flagged wrongly", "false_alert_rate"), ("found", "recall"))
_STYLE = (
    ":root{color-scheme:light dark;--ink:#1c1c1c;--paper:#fff;--rule:#ccc;--c0:#1a5fb4;--c1:#c64600;--c2:#26734d}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e6ea;--paper:#15181d;--rule:#454b55;--c0:#78aeed;--c1:#ff9e64;--c2:#7bd6a3}}"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}"
    "body{color:var(--ink);background:var(--paper)}.facts td+td{overflow-wrap:anywhere}"
    "table{border-collapse:collapse}td,th{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--rule);text-align:left;"
    "vertical-align:top}td{font-variant-numeric:tabular-nums}.wide{overflow-x:auto;margin:.5rem 0 1.5rem}"
    ".charts{display:flex;flex-wrap:wrap;gap:2rem}figure{margin:0;max-width:100%}figcaption{font-weight:600}"
    ".legend span{margin-right:1rem;font-weight:400}svg{max-width:100%;height:auto}"
)


def report_html(manifest: dict[str, Any], metrics: dict[str, Any]) -> str:
    """The report; every text in it is escaped."""
    test = metrics.get("test") or {}
    others = {name: metrics[key] for key, name in _BESIDE.items() if "average_precision" in (metrics.get(key) or {})}
    title = escape(str(manifest.get("title", "Model")).capitalize())
    parts = [f"<h1>{title}</h1>", _facts(manifest)]
    parts.append("<p>It ranks and explains; it decides nothing. Chances are of the events it was measured on.</p>")
    if "average_precision" in test:
        parts += _measured([("this version", test), *others.items()])
        parts += _fairness(test, metrics.get("champion") or {})
    else:
        parts.append("<p>There were no labelled events apart from those it learnt from: see cross-validation.</p>")
    for name in ("by_time", "by_subject"):
        folds = metrics["validation"][name]
        parts.append(f"<h2>Cross-validation {name.replace('_', ' ')}</h2>{_table(folds)}")
    parts.append(_weighing("What it looks at", "Mean absolute SHAP value, as a share.", metrics.get("importance", [])))
    parts.append(_weighing(
        "What makes events unusual", "Of the isolation forest, which knows no label: mean absolute share of a column in how "
        "soon the most unusual events are set apart.", metrics.get("unusual", []),
    ))  # fmt: skip
    parts.append(_missing(metrics.get("imputed", {})))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return (f'<!doctype html><html lang="en"><head>{head}<style>{_STYLE}</style></head><body><main>{"".join(parts)}</main></body>'
            "</html>")  # fmt: skip


def _missing(imputed: dict[str, float]) -> str:
    missing = sorted(((name, share) for name, share in imputed.items() if share), key=lambda item: -item[1])
    if not missing:
        return ""
    rows = [{"column": name, "share without a value": f"{share:.1%}"} for name, share in missing[:_SHOWN]]
    return ("<h2>Missing values</h2><p>Trees of a boosting learn from the gap itself; where a part needs a value, the training "
            f"median stands in.</p>{_table(rows)}")  # fmt: skip


def _weighing(title: str, words: str, items: Sequence[dict[str, Any]]) -> str:
    if not items:
        return ""
    bars = [(f"{item['side']} {item['label']}".strip(), float(item["importance"])) for item in items[:_SHOWN]]
    return f"<h2>{title}</h2><p>{words}</p>{bar_chart(title, bars)}"


def _facts(manifest: dict[str, Any]) -> str:
    kept = ("domain", "created_at", "author", "code", "data_sha256", "rows", "settings", "policy")
    return _table(
        [{"of": name.replace("_", " "), "it is": manifest[name]} for name in kept if name in manifest], "wide facts"
    )


def _measured(beside: Beside) -> list[str]:
    names = ("events", "positives", "base_rate", "average_precision", "roc_auc", "brier", "threshold", "flagged")
    measures = [{"measure": name.replace("_", " ")} | {who: told.get(name) for who, told in beside} for name in names]
    test = beside[0][1]
    charts = [
        line_chart(title, {who: told["curves"][key] for who, told in beside}, *axes)
        for key, title, axes in (("precision_recall", "Precision and recall", ("recall", "precision")),
                                 ("roc", "ROC", ("false alerts", "found")))
    ]  # fmt: skip
    told = [(item["told"], item["was"]) for item in test["calibration"]]
    charts.append(line_chart("Calibration", {"as told": [(0, 0), (1, 1)], "as it was": told}, "told", "was"))
    report = [{"class": name, **row} for name, row in test["report"].items() if isinstance(row, dict)]
    parts = [
        "<h2>Measured on events it has not seen</h2>",
        _table(measures),
        f'<div class="charts">{"".join(charts)}</div>',
    ]
    for title, rows in (
        ("Precision and recall among the highest", _highest(beside)),
        ("At the threshold of each", [_beside(label, beside, counts) for label, counts in outcomes(beside)]),
        ("Classification report", report), ("Recall of each typology", _typologies(beside)),
        ("Stability over time", test["stability"]),
    ):  # fmt: skip
        parts.append(f"<h2>{title}</h2>{_table(rows)}" if rows else "")
    return parts


def _beside(label: object, beside: Beside, values: Sequence[Any]) -> dict[str, Any]:
    return {"events": label} | {who: value for (who, _), value in zip(beside, values, strict=True)}


def _highest(beside: Beside) -> list[dict[str, Any]]:
    return [
        {"highest": k} | {f"{what}, {who}": row.get(what) for (who, _), row in zip(beside, rows, strict=True)
                          for what in ("precision", "recall")}
        for k, rows in highest(beside)
    ]  # fmt: skip


def _typologies(beside: Beside) -> list[dict[str, Any]]:
    return [
        {"typology": name, "number": events}
        | {who: row.get("recall") for (who, _), row in zip(beside, rows, strict=True)}
        for name, events, rows in typologies(beside)
    ]


def _fairness(test: dict[str, Any], champion: dict[str, Any]) -> list[str]:
    """Rates in percent with their intervals, the champion's behind them."""
    found = []
    for name, groups in fairness(test, champion):
        rows = [
            {"group": row["group"], "events": row["events"], "positives": row["positives"]}
            | {f"{what}, %": _rate(row, code) for what, code in _RATES}
            | {f"{what}, champion": _rate(row["then"], code) for what, code in _RATES if champion}
            | {"too few": row["too_few"]}
            for row in groups
        ]
        found.append(f"<h2>Fairness: {escape(name.replace('_', ' '))}</h2>{_table(rows)}")
    return found


def _rate(row: dict[str, Any], code: str) -> str | None:
    if row.get(code) is None:
        return None
    low, high = row[f"{code}_95"]
    return f"{100 * row[code]:.1f} ({100 * low:.1f} to {100 * high:.1f})"


def _table(rows: Sequence[dict[str, Any]], look: str = "wide") -> str:
    if not rows:
        return "<p>None.</p>"
    head = "".join(f"<th>{escape(str(name).replace('_', ' '))}</th>" for name in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(_shown(value))}</td>' for value in row.values())}</tr>" for row in rows)
    return f'<div class="{look}" tabindex="0"><table><tr>{head}</tr>{body}</table></div>'


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) and abs(value) > 1 else f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
