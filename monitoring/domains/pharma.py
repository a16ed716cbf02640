"""The pharma domain: a row is an entry of a batch record or of a system's audit trail (GxP).

A batch record is reviewed when it is complete (EU GMP Annex 16), so rules may look ahead. Data integrity as in MHRA's
GxP guidance (2018), FDA's Data Integrity and Compliance with Drug CGMP (2018) and PIC/S PI 041-1.
"""

from core.words import said
from monitoring.domains.base import Column, Domain, Field, FileShape, Kind, Table, View

_TEXTS = ("process_id", "operator_id", "step", "product", "site", "verifier_id", "equipment_id", "parameter", "comment")
_NUMBERS = ("deviation_flag", "step_no", "value", "lower", "upper", "entry_no")
_TIMES = ("start_ts", "end_ts", "recorded_ts")

PHARMA = Domain(
    code="pharma",
    files=FileShape(
        event_id="event_id",
        columns={"event_id": Column(Kind.TEXT), "timestamp": Column(Kind.TIME)}
        | {name: Column(Kind.TEXT, required=name in {"process_id", "operator_id", "step"}) for name in _TEXTS}
        | {name: Column(Kind.NUMBER) for name in _NUMBERS}
        | {name: Column(Kind.TIME) for name in _TIMES},
        views=(
            View({name: (name,) for name in (*_TEXTS, *_NUMBERS, *_TIMES)} | {"started_at": ("start_ts", "timestamp")}),
        ),
        tables={
            "operator_qualifications": Table({"operator_id": "operator_id", "step": "step"}, "is_qualified"),
        },
    ),
    subject="process_id",
    time="started_at",
    fields={
        "operator_id": Field(Kind.TEXT, "Operator", required=True),
        "step": Field(Kind.TEXT, "Step", required=True),
        "step_no": Field(Kind.NUMBER, "Number of the step", "in the order of the master batch record", decimals=0),
        "product": Field(Kind.TEXT, "Product"),
        "site": Field(Kind.TEXT, "Site"),
        "verifier_id": Field(Kind.TEXT, "Verifier", "the second person"),
        "equipment_id": Field(Kind.TEXT, "Equipment"),
        "start_ts": Field(Kind.TIME, "Begun"),
        "end_ts": Field(Kind.TIME, "Ended"),
        "recorded_ts": Field(Kind.TIME, "Recorded", "when the entry was made"),
        "parameter": Field(Kind.TEXT, "Parameter", "what was measured"),
        "value": Field(Kind.NUMBER, "Value", decimals=6),
        "lower": Field(Kind.NUMBER, "Lower limit", decimals=6),
        "upper": Field(Kind.NUMBER, "Upper limit", decimals=6),
        "deviation_flag": Field(Kind.NUMBER, "Deviation raised", "1 or 0", decimals=0),
        "entry_no": Field(Kind.NUMBER, "Number of the entry", "of this step", decimals=0),
        "comment": Field(Kind.TEXT, "Comment"),
        "duration": Field(Kind.NUMBER, "Minutes it took", "from begun to ended", decimals=4),
        "is_qualified": Field(Kind.NUMBER, "Operator is qualified for the step", "1 or 0, by the table", decimals=0),
    },
    is_reviewed_whole=True,
    rows_are=said("entries"),
    subjects_are=said("batches"),
    owner="customer",
    derived={"duration": {"minutes_between": ["start_ts", "end_ts"]}},
)
