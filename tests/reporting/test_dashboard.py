"""Figures, their JSON and their CSV."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from audit.models import AuditEntry
from cases.services import need_person
from reporting.metrics import METRICS, cases_by_status, queue_age
from reporting.services import neutral
from tests.factories.accounts import make_person
from tests.factories.cases import make_case


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(METRICS))
def test_every_metric_is_a_table_as_wide_as_its_header(code: str) -> None:
    make_case()
    metric = METRICS[code]()
    assert all(len(row) == len(metric.header) for row in metric.rows)


@pytest.mark.django_db
def test_metrics_count_cases() -> None:
    case = make_case()
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    assert dict(cases_by_status().rows)["New"] == 1
    assert dict(queue_age().rows)["under 1 day"] == 1


@pytest.mark.django_db
def test_dashboard_shows_every_figure_with_its_table(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    page = client.get("/reporting/").content.decode()
    assert all(metric().title in page for metric in METRICS.values())


@pytest.mark.django_db
def test_csv_is_an_attachment_and_recorded(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    answer = client.get("/reporting/cases-by-status.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="reporting.metric_exported").exists()


@pytest.mark.django_db
def test_csv_for_an_analyst_is_refused(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get("/reporting/cases-by-status.csv").status_code == 403


@pytest.mark.django_db
def test_an_unknown_figure_is_not_found(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert client.get("/reporting/nonsense.json").status_code == 404


@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), st.text())
def test_neutral_disarms_a_formula(start: str, rest: str) -> None:
    assert str(neutral(start + rest)).startswith("'")
