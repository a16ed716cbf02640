"""CSV exports: formulas neutralised, permission, record."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from audit.models import AuditEntry
from core.actor import system_actor
from core.spreadsheets import csv_lines, neutral
from reporting.metrics import METRICS, Metric, Scope
from reporting.services import export_metric
from tests.factories.accounts import make_person


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\u00a0=1"])
def test_text_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["UN list", "1-2 days", 0, -3, None, ""])
def test_ordinary_cell_stays_as_it_is(cell: str | int | None) -> None:
    assert neutral(cell) == cell


@given(st.text())
def test_no_neutralised_text_starts_with_a_formula_sign(text: str) -> None:
    assert not str(neutral(text)).lstrip().startswith(("=", "+", "-", "@"))


def test_no_cell_of_a_file_for_spreadsheets_runs_not_even_its_header() -> None:
    (header, row) = csv.reader(csv_lines(["=A1"], [["\u00a0@SUM(A1)"]]))
    assert (header, row) == (["'=A1"], ["'\u00a0@SUM(A1)"])


@pytest.mark.django_db
def test_export_of_a_hostile_list_name_holds_no_formula() -> None:
    metric = Metric("m", "M", ("list", "hits"), (('=HYPERLINK("http://x";"y")', 2), ("quiet", None)))
    rows = list(csv.reader(io.StringIO(export_metric(metric=metric, by=system_actor("test")))))
    assert rows == [["list", "hits"], ['\'=HYPERLINK("http://x";"y")', "2"], ["quiet", ""]]


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(METRICS))
def test_auditor_exports_every_figure_and_it_is_recorded(client: Client, code: str) -> None:
    client.force_login(make_person(Role.AUDITOR))
    answer = client.get(reverse("reporting:metric_csv", args=[code]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode().startswith(METRICS[code].compute(Scope(make_person())).header[0])
    assert AuditEntry.objects.get(action="reporting.metric_exported").object_id == code


@pytest.mark.django_db
def test_analyst_may_look_but_not_export(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(reverse("reporting:dashboard")).status_code == 200
    assert client.get(reverse("reporting:metric_csv", args=["throughput"])).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["metric_csv", "metric_detail"])
def test_unknown_figure_answers_404(client: Client, name: str) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert client.get(reverse(f"reporting:{name}", args=["gold"])).status_code == 404
