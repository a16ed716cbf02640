"""Exports as files: made by a worker, fetched by who asked, gone after a day; no formula runs; nothing concealed is in them."""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from cases.services.concealing import conceal_case
from core.clock import now, today
from core.exceptions import InvalidInput, NotFound
from reporting.exports.base import Period, all_exports
from reporting.exports.links import folder
from reporting.exports.writing import WRITERS
from reporting.services import fetch_export, start_export
from reporting.works import remove_old_exports
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.monitoring import make_alert
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def reviewer() -> User:
    return make_person(Role.REVIEWER)


def _made(person: User, code: str, suffix: str = "csv") -> LongWork:
    work = start_export(code=code, format=suffix, first=today() - timedelta(30), last=today(), by=person.actor)
    run_work(work.pk)
    return LongWork.objects.get(pk=work.pk)


def _token(work: LongWork) -> str:
    return work.result_url.rstrip("/").rpartition("/")[2]


def _write(person: User, code: str, suffix: str, path: Path) -> int:
    period = Period(person, today() - timedelta(30), today())
    return WRITERS[suffix](path, all_exports()[code], period, lambda count: None)


def test_an_export_is_made_by_a_worker_and_fetched_by_who_asked(reviewer: User, client: Client) -> None:
    make_case()
    work = _made(reviewer, "cases")
    assert (work.state, work.result) == ("done", {"rows": 1})
    client.force_login(reviewer)
    body = b"".join(client.get(work.result_url).streaming_content).decode()  # type: ignore[attr-defined]
    assert body.startswith("number,kind,status")
    assert set(AuditEntry.objects.filter(stream="exports").values_list("action", flat=True)) == {
        "reporting.export_started", "reporting.export_fetched",
    }  # fmt: skip


def test_nobody_else_fetches_it_and_nobody_after_losing_the_permission(reviewer: User, client: Client) -> None:
    work = _made(reviewer, "cases")
    other = make_person(Role.MLRO)
    with pytest.raises(NotFound):
        fetch_export(token=_token(work), principal=other, by=other.actor)
    with pytest.raises(NotFound):
        fetch_export(token=_token(work) + "x", principal=reviewer, by=reviewer.actor)
    User.objects.filter(pk=reviewer.pk).update(role=Role.ANALYST)
    client.force_login(User.objects.get(pk=reviewer.pk))
    assert client.get(work.result_url).status_code == 403


def test_a_link_and_its_file_are_gone_after_a_day(reviewer: User) -> None:
    work = _made(reviewer, "cases")
    path = next(folder().iterdir())
    old = (now() - timedelta(hours=25)).timestamp()
    os.utime(path, (old, old))
    remove_old_exports()
    with pytest.raises(NotFound):
        fetch_export(token=_token(work), principal=reviewer, by=reviewer.actor)


def test_flagged_transactions_name_scenario_and_reason(reviewer: User, tmp_path: Path) -> None:
    alert = make_alert()
    written = _write(reviewer, "flagged-transactions", "csv", tmp_path / "x.csv")
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text().splitlines()))
    assert written == len(rows) == alert.findings.count()
    assert rows[0]["scenario"] == alert.scenario.title
    assert all_exports()["flagged-transactions"].filename == "flagged_transactions"


def test_flagged_risks_hold_customers_with_something_open(reviewer: User, tmp_path: Path) -> None:
    alert = make_alert()
    make_case()
    _write(reviewer, "flagged-risks", "csv", tmp_path / "x.csv")
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text().splitlines()))
    assert [(row["customer"], row["open alerts"]) for row in rows] == [(alert.customer.external_id, "1")]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "\t=1", "-2+3"])
def test_no_formula_runs_in_csv_or_xlsx(reviewer: User, tmp_path: Path, name: str) -> None:
    alert = make_alert()
    type(alert.customer).objects.filter(pk=alert.customer_id).update(external_id=name)
    _write(reviewer, "alerts", "csv", tmp_path / "x.csv")
    _write(reviewer, "alerts", "xlsx", tmp_path / "x.xlsx")
    column = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text())))[1][6]
    sheet = load_workbook(tmp_path / "x.xlsx")["Alerts"]
    assert column.startswith("'")
    assert all(made.data_type != "f" for row in sheet.iter_rows() for made in row)


def test_the_examiners_workbook_holds_population_sample_and_what_stayed_below(reviewer: User, tmp_path: Path) -> None:
    make_alert()
    _write(reviewer, "examination", "xlsx", tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Alerts", "Cases", "Sample", "Below the line"]
    assert book["Sample"].max_row == 2


@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_the_boards_figures_are_a_file(reviewer: User, tmp_path: Path, suffix: str) -> None:
    make_alert()
    assert _write(reviewer, "board", suffix, tmp_path / f"x.{suffix}") > 0
    assert (tmp_path / f"x.{suffix}").read_bytes()[:4] in {b"%PDF", b"PK\x03\x04"}


def test_a_concealed_case_is_in_no_file_of_somebody_who_may_not_know(tmp_path: Path) -> None:
    conceal_case(case=make_case(), holder="test")
    assert _write(make_person(Role.ANALYST), "cases", "csv", tmp_path / "x.csv") == 0
    assert _write(make_person(Role.MLRO), "cases", "csv", tmp_path / "x.csv") == 1


@pytest.mark.parametrize("told", [{"code": "nothing"}, {"format": "pdf"}, {"first": timedelta(1)}])
def test_what_cannot_be_made_is_refused(reviewer: User, told: dict[str, Any]) -> None:
    values = {"code": "cases", "format": "csv", "first": today(), "last": today()}
    told = {name: today() + value if isinstance(value, timedelta) else value for name, value in told.items()}
    with pytest.raises(InvalidInput):
        start_export(**(values | told), by=reviewer.actor)


def test_the_page_starts_an_export(reviewer: User, client: Client) -> None:
    client.force_login(reviewer)
    assert b"Flagged transactions" in client.get(reverse("reporting:export_list")).content
    told = {"first": today(), "last": today(), "format": "csv"}
    answer = client.post(reverse("reporting:export_start", args=["cases"]), told)
    assert answer.status_code == 302
    assert LongWork.objects.get().inputs["code"] == "cases"
