"""The dashboard's pages: cards that fetch their figures, a table for every chart, CSV."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from cases.models import Queue
from cases.services import need_person
from reporting.metrics import METRICS
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_person(Role.AUDITOR))
    return client


def test_dashboard_has_a_card_for_every_figure_that_keeps_the_scope(auditor: Client) -> None:
    page = auditor.get("/reporting/?days=90").content.decode()
    assert all(f'hx-get="/reporting/{code}/?days=90"' in page for code in METRICS)


@pytest.mark.parametrize("code", sorted(METRICS))
def test_every_figure_shows_its_table_or_that_there_is_nothing(auditor: Client, code: str) -> None:
    need_person(case=make_case(), code="t", sentence="s", source_type="t", source_id=1)
    page = auditor.get(reverse("reporting:metric_detail", args=[code])).content.decode()
    assert f'id="figures-{code}"' in page or "Nothing in this period" in page


def test_figure_of_a_team_counts_only_its_cases(auditor: Client) -> None:
    need_person(case=make_case(), code="t", sentence="s", source_type="t", source_id=1)
    other = Queue.objects.create(name="Other")
    url = reverse("reporting:metric_detail", args=["queue-age"])
    assert "figures-queue-age" in auditor.get(url).content.decode()
    assert "Nothing in this period" in auditor.get(url, {"team": str(other.pk)}).content.decode()


@pytest.mark.parametrize("query", ["days=5", "days=x", "team=x", "team=00000000-0000-0000-0000-000000000000"])
def test_a_scope_that_is_none_falls_back(auditor: Client, query: str) -> None:
    assert auditor.get(f"/reporting/throughput/?{query}").status_code == 200


def test_csv_is_an_attachment_and_recorded(auditor: Client) -> None:
    answer = auditor.get("/reporting/cases-by-status.csv?days=7")
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="reporting.metric_exported").exists()
