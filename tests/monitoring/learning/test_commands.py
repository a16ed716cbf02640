"""`train_model` and `score_model`: files in, files out, no database."""

import json

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from tests.monitoring.learning.worlds import payments


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("files")
    payments().write_csv(place / "payments.csv")
    _train(place, "--test-fraction", "0.4")
    return place


def _train(place, *more):
    call_command(
        "train_model", "finance", "--input", str(place / "payments.csv"), "--label", "is_laundering", "--kind", "boosting",
        "--trees", "30", "--cores", "1", "--no-scenarios", "--output", str(place / "model"), *more,
    )  # fmt: skip


def _score(place, *more):
    out = place / "flagged.csv"
    call_command("score_model", str(place / "model"), str(place / "payments.csv"), "--output", str(out), *more)
    return pl.read_csv(out)


def test_train_model_writes_model_metrics_and_report(folder):
    metrics = json.loads((folder / "model" / "metrics.json").read_text())
    manifest = json.loads((folder / "model" / "manifest.json").read_text())
    assert metrics["test"]["average_precision"] > metrics["test"]["base_rate"]
    assert len(manifest["data_sha256"]) == 64
    assert (folder / "model" / "report.html").read_text().startswith("<!doctype html>")


def test_score_model_writes_a_line_for_each_event(folder):
    told = _score(folder)
    assert told.columns == ["event_id", "score", "percentile", "flagged", "top_contributions"]
    assert told["event_id"].to_list() == payments()["transaction_id"].to_list()
    assert told.sort("score")["flagged"][-1] == 1


def test_score_model_explains_and_keeps_a_log(folder):
    told = _score(folder, "--explain", "--explained", "5")
    best = told.sort("score", descending=True).row(0, named=True)
    assert best["explanation"].count("score).") == 6
    assert "likeness" in best["nearest_cases"]
    assert best["unusual_because"].count(").") == 6
    log = json.loads((folder / "audit_log.json").read_text())
    assert len(log) == 5
    assert log[0]["explanation"]["unusual_why"]["waterfall"]
    assert log[0].keys() == {"record", "prediction", "explanation", "model", "dataset_sha256"}


def test_score_model_refuses_a_tampered_artefact(folder, tmp_path):
    (tmp_path / "model").mkdir()
    for name in ("manifest.json", "model.skops"):
        (tmp_path / "model" / name).write_bytes((folder / "model" / name).read_bytes())
    with (tmp_path / "model" / "model.skops").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(CommandError, match="checksum"):
        call_command(
            "score_model", str(tmp_path / "model"), str(folder / "payments.csv"), "--output", str(tmp_path / "o.csv")
        )


def test_a_label_that_is_not_there_is_told(folder):
    with pytest.raises(CommandError, match="no column `fraud`"):
        call_command("train_model", "finance", "--input", str(folder / "payments.csv"), "--label", "fraud",
                     "--output", str(folder / "other"))  # fmt: skip


def test_the_log_of_amlsim_is_recognised_and_steps_are_days(tmp_path):
    source = payments()
    steps = source["timestamp"].str.to_datetime("%Y-%m-%dT%H:%M:%SZ").dt.ordinal_day() - 1
    source.select(
        pl.col("transaction_id").alias("TX_ID"), pl.col("sender_account").alias("SENDER_ACCOUNT_ID"),
        pl.col("receiver_account").alias("RECEIVER_ACCOUNT_ID"), pl.lit("TRANSFER").alias("TX_TYPE"),
        pl.col("amount").alias("TX_AMOUNT"), pl.Series("TIMESTAMP", steps),
        pl.when(pl.col("is_laundering") == 1).then(pl.lit("True")).otherwise(pl.lit("False")).alias("IS_FRAUD"),
    ).write_csv(tmp_path / "tx.csv.gz", compression="gzip")  # fmt: skip
    call_command("train_model", "finance", "--input", str(tmp_path / "tx.csv.gz"), "--label", "IS_FRAUD", "--kind", "boosting",
                 "--trees", "20", "--cores", "1", "--no-scenarios", "--output", str(tmp_path / "model"))  # fmt: skip
    assert (tmp_path / "model" / "model.skops").exists()
