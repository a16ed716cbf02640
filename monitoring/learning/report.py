"""The evaluation of a version as one HTML file that needs nothing beside it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from monitoring.learning.charts import bar_chart, line_chart

_SHOWN = 20
_BESIDE = {"champion": "champion then", "baseline": "plain random forest"}
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.25rem .75rem;border-bottom:1px solid #ccc;"
    "text-align:left}td+td{font-variant-numeric:tabular-nums}.charts{display:flex;flex-wrap:wrap;gap:2rem}"
)


def report_html(manifest: dict[str, Any], metrics: dict[str, Any]) -> str:
    """The report; every text in it is escaped."""
    test = metrics.get("test") or {}
    others = {name: metrics[key] for key, name in _BESIDE.items() if "average_precision" in (metrics.get(key) or {})}
    parts = [f"<h1>{escape(str(manifest.get('title', 'Model')))}</h1>", _facts(manifest)]
    parts.append("<p>It ranks and explains; it decides nothing. Chances are of the events it was measured on.</p>")
    if "average_precision" in test:
        parts += _measured(test, others)
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
    missing = [(name, share) for name, share in metrics.get("imputed", {}).items() if share]
    if missing:
        told = [
            {"column": name, "share without a value": f"{share:.1%}"}
            for name, share in sorted(missing, key=lambda i: -i[1])
        ]
        parts.append(f"<h2>Missing values</h2><p>Trees of a boosting learn from the gap itself; where a part needs a value, "
                     f"the training median stands in.</p>{_table(told[:_SHOWN])}")  # fmt: skip
    title = escape(str(manifest.get("title", "Model")))
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
            f"</head><body>{''.join(parts)}</body></html>")  # fmt: skip


def _weighing(title: str, words: str, items: Sequence[dict[str, Any]]) -> str:
    if not items:
        return ""
    bars = [(f"{item['side']} {item['label']}".strip(), float(item["importance"])) for item in items[:_SHOWN]]
    return f"<h2>{title}</h2><p>{words}</p>{bar_chart(title, bars)}"


def _facts(manifest: dict[str, Any]) -> str:
    kept = ("domain", "created_at", "author", "code", "data_sha256", "rows", "settings", "policy")
    return _table([{"": name.replace("_", " "), " ": manifest[name]} for name in kept if name in manifest])


def _measured(test: dict[str, Any], others: dict[str, dict[str, Any]]) -> list[str]:
    names = ("events", "positives", "base_rate", "average_precision", "roc_auc", "brier", "threshold", "flagged")
    beside = [
        {"measure": name.replace("_", " "), "this version": test[name]}
        | {other: told.get(name, "") for other, told in others.items()}
        for name in names
    ]
    curves = test["curves"]
    charts = [
        line_chart(title, {"this version": curves[key], **{other: told["curves"][key] for other, told in others.items()}}, *axes)
        for key, title, axes in (("precision_recall", "precision and recall", ("recall", "precision")),
                                 ("roc", "ROC", ("false alerts", "found")))
    ]  # fmt: skip
    told = [(item["told"], item["was"]) for item in test["calibration"]]
    charts.append(line_chart("calibration", {"as told": [(0, 0), (1, 1)], "as it was": told}, "told", "was"))
    (right_no, false_alert), (missed, found) = test["confusion"]
    confusion = [{"": "not flagged", "other": right_no, "suspicious": missed},
                 {"": "flagged", "other": false_alert, "suspicious": found}]  # fmt: skip
    parts = [
        "<h2>Measured on events it has not seen</h2>",
        _table(beside),
        f'<div class="charts">{"".join(charts)}</div>',
    ]
    report = [{"": name, **{key: round(value, 4) for key, value in row.items()}}
              for name, row in test["report"].items() if isinstance(row, dict)]  # fmt: skip
    for title, rows in (("Precision and recall among the highest", test["at_k"]), ("At the threshold", confusion),
                        ("Classification report", report), ("Typologies", test["typologies"]),
                        ("Stability over time", test["stability"])):  # fmt: skip
        parts.append(f"<h2>{title}</h2>{_table(rows)}" if rows else "")
    parts += [f"<h2>Fairness: {escape(name)}</h2>{_table(rows)}" for name, rows in test["fairness"].items() if rows]
    return parts


def _table(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return "<p>None.</p>"
    head = "".join(f"<th>{escape(str(name).replace('_', ' '))}</th>" for name in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(value))}</td>' for value in row.values())}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
