"""A third domain costs one file: insurance claims, from a file's own columns to scored events, without another line."""

import json
import sys
from datetime import UTC, datetime

import polars as pl
import pytest
from django.core.management import call_command

import monitoring.domains
from monitoring.files.frames import event_frame
from monitoring.files.rates import fixed_rates
from monitoring.files.reading import read_events
from monitoring.scenarios.catalogue import shipped_files
from monitoring.scenarios.examples import file_rows
from monitoring.scoring import score

DOMAIN = '''
"""Insurance claims, as policy holders make them. Judged from files."""

from monitoring.domains.base import Column, Domain, Field, FileShape, Kind, View

INSURANCE = Domain(
    code="insurance",
    files=FileShape(
        event_id="claim_id",
        columns={name: Column(Kind.TEXT, required=name == "policy") for name in ("claim_id", "policy", "garage", "currency")}
        | {"reported": Column(Kind.TIME, required=True), "amount": Column(Kind.MONEY, required=True)},
        views=(View({name: (name,) for name in ("policy", "garage", "reported", "amount", "currency")}),),
        money=("amount", "currency", "reported"),
    ),
    subject="policy",
    time="reported",
    fields={
        "amount": Field(Kind.MONEY, "Claimed", required=True), "garage": Field(Kind.TEXT, "Garage"),
        "currency": Field(Kind.TEXT, "Currency"),
    },
    rows_are="claims",
    subjects_are="policies",
    scenarios=({
        "code": "claims_in_a_row", "title": "Claims in a row", "typology": "claims fraud", "ships": "draft",
        "severity": "medium", "rationale": "Many claims within a month are staged more often than met.", "reference": "",
        "parameters": {"most": {"value": 3, "meaning": "So many claims within 30 days"}},
        "measures": {"claims": {"count": {"window": "30d"}}},
        "rule": {"compare": ["claims", ">=", "$most"]},
        "sentence": "{claims:.0f} claims within 30 days, the last of {amount:.2f} {base_currency}.",
        "examples": {
            "positive": [{"ago": "9d", "every": "3d", "times": 3, "policy": "P", "amount": 900}],
            "near_misses": {"far apart": [{"ago": "90d", "every": "40d", "times": 3, "policy": "P", "amount": 900}]},
        },
    },),
)
'''
MAPPING = """domain: insurance
columns:
  claim_id: Claim
  policy: {columns: [Branch, Policy], join: "-"}
  reported: {column: Day, format: "%d/%m/%Y"}
  amount: Sum
constants: {currency: EUR}
"""
CLAIMS = """Claim;Branch;Policy;Day;Sum
C1;B;7;01/03/2026;800
C2;B;7;05/03/2026;900.50
C3;B;8;06/03/2026;100
C4;B;7;20/03/2026;1000
C5;B;7;never;5
"""


@pytest.fixture
def claims(tmp_path, monkeypatch):
    """The domain's one file among the domains, and a file of claims with its mapping."""
    (tmp_path / "domains").mkdir()
    for name, text in {"domains/insurance.py": DOMAIN, "claims.csv": CLAIMS, "mapping.yaml": MAPPING}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(monitoring.domains, "__path__", [*monitoring.domains.__path__, str(tmp_path / "domains")])
    monitoring.domains.domains.cache_clear()
    yield tmp_path
    monitoring.domains.domains.cache_clear()
    sys.modules.pop("monitoring.domains.insurance", None)
    vars(monitoring.domains).pop("insurance", None)


def test_score_events_tells_what_its_own_scenario_finds(claims, capsys):
    mapping, out = claims / "mapping.yaml", claims / "out.csv"
    call_command(
        "score_events", "insurance", str(claims / "claims.csv"), "--mapping", str(mapping), "--output", str(out)
    )
    assert pl.read_csv(out, infer_schema=False).rows() == [
        ("C4", "B-7", "claims_in_a_row", "claims fraud", "medium", "3 claims within 30 days, the last of 1000.00 EUR.")
    ]
    assert "line 6: `reported` is no time" in capsys.readouterr().err


def test_backtest_of_a_rule_of_its_fields(claims, capsys):
    (claims / "rule.txt").write_text("amount >= 900", encoding="utf-8")
    mapping, file = str(claims / "mapping.yaml"), str(claims / "claims.csv")
    call_command("backtest", str(claims / "rule.txt"), file, "--domain", "insurance", "--mapping", mapping)
    assert json.loads(capsys.readouterr().out)["findings"] == 2


def test_its_example_fires_and_its_near_miss_does_not(claims):
    (shipped,) = shipped_files({}, "insurance")
    missed = shipped.example.near_misses["far apart"]
    assert [_firings(shipped.definition, events, claims) for events in (shipped.example.positive, missed)] == [1, 0]


def _firings(definition, events, folder):
    """How many events fire, as lines of a file."""
    path = folder / "example.csv"
    pl.DataFrame(file_rows(events, domain="insurance", end=datetime(2026, 5, 1, tzinfo=UTC))).write_csv(path)
    frame = event_frame(read_events(path, definition.rows), definition.rows, {}, fixed_rates("EUR")).frame
    return len(score(frame, [definition], base_currency="EUR").fired)
