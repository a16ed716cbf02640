"""The commands over files: scoring a file of events, and a rule tried on one; without a database."""

import json

import polars as pl
import pytest
from django.core.management import CommandError, call_command

HEADER = ("transaction_id,timestamp,sender_account,receiver_account,amount,currency,transaction_type,"
          "sender_country,receiver_country")  # fmt: skip
RULE = {"rule": {"compare": ["amount", ">=", "$least"]}, "parameters": {"least": 5000}, "sentence": "{amount:.0f}"}


@pytest.fixture
def payments(tmp_path):
    path = tmp_path / "payments.csv"
    path.write_text("\n".join([
        HEADER,
        "T1,2026-03-01T10:00:00Z,A,B,9400,EUR,transfer,DE,KP",
        "T2,2026-03-02T10:00:00Z,A,C,50,EUR,card,DE,DE",
        "T3,yesterday,A,C,50,EUR,card,DE,DE",
        "T4,2026-03-03T10:00:00Z,A,D,9000,USD,transfer,DE,FR",
    ]), encoding="utf-8")  # fmt: skip
    return path


def _scored(*arguments, output):
    call_command("score_events", *map(str, arguments), "--output", str(output))
    return pl.read_csv(output, infer_schema=False)


def test_score_events_writes_a_line_for_each_event_that_fired(payments, tmp_path, capsys):
    told = _scored("finance", payments, "--scenarios", "high_risk_geography", output=tmp_path / "out.csv")
    assert told.columns == ["event_id", "subject", "scenarios", "typologies", "severity", "sentence"]
    assert told.row(0) == (
        "T1", "A", "high_risk_geography", "high-risk geography", "high",
        "A payment of 9,400.00 EUR with a counterparty in KP, which the FATF lists.",
    )  # fmt: skip
    assert len(told) == 1
    said = capsys.readouterr().err
    assert "line 4: `timestamp` is no time" in said
    assert "1 of 3 events fired" in said


AMLWORLD = """Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Payment Format
2022/09/01 00:20,010,8000EBD30,03208,8000F4580,300000,US Dollar,300000,US Dollar,Cash"""
SAML_D = """Time,Date,Sender_account,Receiver_account,Amount,Payment_currency,Received_currency,Sender_bank_location,Receiver_bank_location,Payment_type
10:35:19,2022-10-07,87247,28495,300000,UK pounds,UK pounds,UK,UK,Cash"""
PAYSIM = """step,type,amount,nameOrig,oldbalanceOrg,newbalanceOrg,nameDest,oldbalanceDest,newbalanceDest
45,TRANSFER,300000,C286,0,0,C151,0,0"""
AMLSIM = """sourceNodeId,targetNodeId,value,time
216,14730,300000,1"""


@pytest.mark.parametrize(
    ("content", "accounts"),
    [(AMLWORLD, {"010_8000EBD30", "03208_8000F4580"}), (SAML_D, {"87247", "28495"}), (PAYSIM, {"C286", "C151"}),
     (AMLSIM, {"216", "14730"})],
)  # fmt: skip
def test_score_events_known_header_is_recognised(content, accounts, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")
    told = _scored("finance", path, "--scenarios", "high_turnover", output=tmp_path / "out.csv")
    assert told["event_id"].to_list() == ["2"]
    assert told["subject"][0] in accounts


def test_score_events_own_mapping_and_semicolons_are_read(tmp_path):
    (tmp_path / "map.yaml").write_text(
        "columns: {timestamp: {column: Wann, format: '%d.%m.%Y'}, sender_account: Von, receiver_account: An,"
        " amount: Betrag}\nconstants: {currency: EUR}", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "f.csv").write_text("Wann;Von;An;Betrag\n31.01.2026;A;B;300000\n", encoding="utf-8")
    told = _scored("finance", tmp_path / "f.csv", "--mapping", tmp_path / "map.yaml", output=tmp_path / "out.csv")
    assert "high_turnover" in told["scenarios"][0]


def test_score_events_parquet_gives_the_same_as_csv(payments, tmp_path):
    pl.read_csv(payments, try_parse_dates=False).write_parquet(tmp_path / "payments.parquet")
    both = [_scored("finance", path, output=tmp_path / "out.csv") for path in (payments, tmp_path / "payments.parquet")]
    assert both[0].equals(both[1])


def test_score_events_pharma_needs_no_more_than_the_least_columns(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "process_id,operator_id,step,deviation_flag,timestamp\nB1,OP1,MIXING,0,2026-01-02T10:00:00Z\n", encoding="utf-8"
    )
    table = tmp_path / "q.csv"
    table.write_text("operator_id,step\nOP1,COATING\n", encoding="utf-8")
    told = _scored("pharma", path, "--table", f"operator_qualifications={table}", output=tmp_path / "out.csv")
    assert told["scenarios"].to_list() == ["unqualified_operator"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["bank"], "is no domain"), (["finance", "--scenarios", "nothing"], "is no scenario"),
     (["finance", "--table", "people=x.csv"], "No such file"), (["pharma"], "has no column")],
)  # fmt: skip
def test_score_events_wrong_call_says_what_is_wrong(arguments, message, payments, tmp_path):
    with pytest.raises(CommandError, match=message):
        _scored(arguments[0], payments, *arguments[1:], output=tmp_path / "out.csv")


def _backtested(rule, payments, tmp_path, capsys):
    path = tmp_path / "rule.json"
    path.write_text(rule, encoding="utf-8")
    call_command("backtest", str(path), str(payments))
    return json.loads(capsys.readouterr().out)


def test_backtest_counts_and_explains_what_fires(payments, tmp_path, capsys):
    result = _backtested(json.dumps(RULE), payments, tmp_path, capsys)
    assert (result["events"], result["findings"], result["alerts"], result["subjects"]) == (3, 4, 4, 3)
    assert result["hits"][0]["sentence"] == "9400"
    assert result["hits"][0]["trace"][0]["values"][0] == ["amount", 9400]


def test_backtest_takes_the_text_of_a_rule(payments, tmp_path, capsys):
    result = _backtested('amount >= 5000 and direction == "out"', payments, tmp_path, capsys)
    assert result["findings"] == 2


def test_backtest_faulty_rule_is_told_with_its_place(payments, tmp_path, capsys):
    with pytest.raises(CommandError, match=r"/rule/compare/0: unknown_field: `amont` is not a field \(did you mean"):
        _backtested(json.dumps({"compare": ["amont", ">", 5]}), payments, tmp_path, capsys)


def test_score_events_takes_a_list_from_a_file(payments, tmp_path):
    (tmp_path / "own.csv").write_text("value,note\nFR,for the test\n", encoding="utf-8")
    told = _scored(
        "finance", payments, "--scenarios", "high_risk_geography", "--list",
        f"fatf_call_for_action={tmp_path / 'own.csv'}", output=tmp_path / "out.csv",
    )  # fmt: skip
    assert told["event_id"].to_list() == ["T4"]


def test_backtest_unknown_list_is_told_with_a_suggestion(payments, tmp_path):
    (tmp_path / "rule.txt").write_text("counterparty_country in list high_risk_country", encoding="utf-8")
    with pytest.raises(CommandError, match="did you mean `list high_risk_countries`"):
        call_command("backtest", str(tmp_path / "rule.txt"), str(payments))
