"""What can stand where an operand is asked for, by type: fields, parameters, measures, aggregates, functions."""

import re
from dataclasses import dataclass
from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import NUMERIC, Domain, Kind
from monitoring.editing.outline import Outline
from monitoring.editing.sheet import Sheet
from monitoring.rules.faults import RuleFault
from monitoring.rules.functions import FUNCTIONS, OF_PAYMENTS, SHAPES, shape
from monitoring.rules.lists import LIST_KEY, NamedList
from monitoring.rules.operands import kind_of_value
from monitoring.rules.words import text_of

_QUOTED = re.compile(r"`([^`]+)`")
_SUCH_AS = re.compile(r"^(?:such as|one of) (.+)$")
_WINDOWS = ("24h", "3d", "7d", "14d", "30d", "90d", "365d")
_MOST = 6
_SHAPE_LABELS = {
    "ratio": said("Share of transactions where …"), "zscore": said("Deviation from own history"),
    "first_seen": said("Days since first seen"),
    "fan_in": said("Different senders"), "fan_out": said("Different receivers"),
    "pass_through": said("What went out by what came in"),
    "gather_scatter": said("Lesser of senders and receivers"),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Something to choose: what is put in, what it is called, what it means, its type or unit."""

    value: str
    label: str
    help: str = ""
    unit: str = ""


def choices_for(sheet: Sheet) -> dict[str, list[Choice]]:
    """The choices by the name of what an input searches (`number`, `text`, `time`, `any`, `fields` …)."""
    domain, values = sheet.domain, sheet.values
    fields = [
        (field.kind, Choice(name, field.label, field.help, field.kind.value)) for name, field in domain.fields.items()
    ]
    fields.append((Kind.TIME, Choice(domain.time, said("Time"), said("by which rows are ordered"), Kind.TIME.value)))
    parameters = [
        (
            kind_of_value(value),
            Choice(f"${name}", name.replace("_", " "), values["meanings"].get(name, ""), said("parameter")),
        )
        for name, value in values["parameters"].items()
    ]
    outline = Outline(sheet)
    measures = [(kind, Choice(name, name.replace("_", " "), text_of(made.operand), said("measure")))
                for name, (made, kind) in outline.reader.measures.items()]  # fmt: skip
    typed = [*parameters, *measures, *fields, *_aggregates(domain), *_functions(domain)]
    return {
        "any": [choice for kind, choice in typed if kind != Kind.LIST],
        "number": [choice for kind, choice in typed if kind in NUMERIC],
        "text": [choice for kind, choice in typed if kind == Kind.TEXT],
        "time": [choice for kind, choice in typed if kind == Kind.TIME],
        "texts": [choice for kind, choice in (*parameters, *fields) if kind == Kind.TEXT],
        "lists": [
            *(_listed(item) for item in sheet.lists.values()),
            *(choice for kind, choice in parameters if kind in {Kind.LIST, Kind.TEXT}),
        ],
        "fields": [choice for _, choice in fields],
        "number-fields": [choice for kind, choice in fields if kind in NUMERIC],
        "windows": [Choice(window, window, said("up to the row's own moment")) for window in _WINDOWS]
        + [choice for kind, choice in parameters if kind == Kind.TEXT],
    }


def _listed(item: NamedList) -> Choice:
    told = said("{values} entries, version {number}", values=f"{len(item.newest.values):,}", number=item.newest.number)
    return Choice(f"{LIST_KEY} {item.name}", item.name.replace("_", " "), told, said("named list"))


def suggestions_in(fault: RuleFault) -> list[str]:
    """What the checker suggests as values that can be put in at once."""
    quoted = _QUOTED.findall(fault.suggestion)
    if quoted:
        return quoted[:_MOST]
    match = _SUCH_AS.match(fault.suggestion)
    told = match[1] if match else fault.suggestion
    parts = [part.strip() for part in told.split(",")]
    plain = all(re.fullmatch(r"\$?[\w.]+|[<>=!]+", part) for part in parts)
    return parts[:_MOST] if plain and fault.code not in {"missing", "bad_code", "bad_value"} else []


def _aggregates(domain: Domain) -> list[tuple[Kind, Choice]]:
    told = [*_of_times(domain), *_of_values(domain), *(_of_payments(domain) if domain.payments else ())]
    return [(Kind.NUMBER, Choice(value, label, help_, said("aggregate"))) for value, label, help_ in told]


def _of_values(domain: Domain) -> list[tuple[str, str, str]]:
    number = next(name for name, field in domain.fields.items() if field.kind in NUMERIC)
    text = next(name for name, field in domain.fields.items() if field.kind == Kind.TEXT and not field.required)
    label, before = domain.fields[number].label.lower(), said("before this one")
    return [
        (f"sum({number} in 7d)", said("Sum of {label}", label=label), said("within a time")),
        (f"mean({number} in 90d before this)", said("Average {label}", label=label), before),
        (f"max({number} in 90d before this)", said("Highest {label}", label=label), before),
        (f"min({number} in 90d before this)", said("Lowest {label}", label=label), before),
        (f"std({number} in 90d before this)", said("Spread of {label}", label=label), said("standard deviation")),
        (f"median({number} in 90d)", said("Median {label}", label=label), said("within a time")),
        (f"percentile({number} percent 95 in 90d)", said("Percentile of {label}", label=label), said("within a time")),
        (f"benford({number} in 90d)", said("Departure from Benford's law"), said("chi-square of first digits")),
        (f"distinct({text} in 7d)", said("Different values"), said("such as counterparties")),
    ]


def _of_times(domain: Domain) -> list[tuple[str, str, str]]:
    rows = domain.rows_are
    return [
        ("count(in 7d)", said("Number of {rows_are}", rows_are=rows), said("within a time")),
        (
            "time_since_previous()",
            said("Days since the previous of the {rows_are}", rows_are=rows),
            said("of this subject"),
        ),
        ("time_since_first()", said("Days known"), said("since the first of the {rows_are}", rows_are=rows)),
    ]


def _of_payments(domain: Domain) -> list[tuple[str, str, str]]:
    return [
        (
            "cycle(in 7d up to 5 keeping 0.8 to 1.1)",
            said("Length of the ring that closes"),
            said("payments that come round"),
        ),
        (
            "chain(in 7d up to 5 keeping 0.8 to 1.1)",
            said("Length of the chain that goes on"),
            said("payments passed on"),
        ),
        (
            "scatter_gather(in 7d keeping 0.5 to 1.25)",
            said("Accounts between one origin and one end"),
            "scatter-gather",
        ),
        *_shapes(domain),
    ]


def _shapes(domain: Domain) -> list[tuple[str, str, str]]:
    made = []
    for name in SHAPES:
        told: AnyValue = {"window": "7d"} if name in OF_PAYMENTS else {"of": "counterparty_account"}
        if name == "zscore":
            told = {"of": "amount", "window": "90d"}
        if name == "ratio":
            told = {"window": "30d", "where": {"compare": ["direction", "==", {"text": "in"}]}}
        meant = shape(name, told, domain.payments)
        node = Outline(Sheet({"parameters": {}, "measures": {}, "domain": domain.code, "rule": {"all": []}})).node(
            meant
        )
        made.append((text_of(node), _SHAPE_LABELS[name], name.replace("_", " ")))
    return made


def _functions(domain: Domain) -> list[tuple[Kind, Choice]]:
    found = []
    number = next(name for name, field in domain.fields.items() if field.kind in NUMERIC)
    texts = {Kind.NUMBER: number, Kind.TIME: domain.time, Kind.TEXT: next(iter(domain.names(frozenset({Kind.TEXT}))))}
    for name, (wanted, kind) in FUNCTIONS.items():
        value = f"{name}({', '.join(texts[item] for item in wanted)})"
        found.append(
            (
                kind,
                Choice(value, name.replace("_", " ").capitalize(), said("of the row's own values"), said("function")),
            )
        )
    return found
