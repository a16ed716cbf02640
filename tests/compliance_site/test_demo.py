"""The demonstration: true, once, and signed in with what it prints."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from cases.models import Case
from cases.services import need_person
from compliance_site.demo import demo_logins, seed_demo
from compliance_site.demo.day import play_day
from compliance_site.demo.learning import DEMO_MODELS
from compliance_site.demo.passports import DemoPassport, draw_passport, zone_lines
from customers.models import Customer
from documents.extraction.mrz import check_digit
from monitoring.models import Alert, ModelVersion, RowScore
from monitoring.services import assess_pending, assess_process, pending_processes
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db


class _Quiet:
    def report(self, done: int, total: int | None = None, stage: str = "") -> None:
        pass


CLARA = DemoPassport("FERNWEH", "CLARA", "U1000001", date(1990, 4, 17), date(2030, 1, 1))


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def test_zone_is_two_lines_of_44_whose_check_digits_fit() -> None:
    first, second = zone_lines(CLARA)
    assert (len(first), len(second)) == (44, 44)
    fields = [(second[:9], second[9]), (second[13:19], second[19]), (second[21:27], second[27])]
    assert all(check_digit(value) == digit for value, digit in fields)
    assert check_digit(second[:10] + second[13:20] + second[21:43]) == second[43]


def test_passport_is_a_jpeg() -> None:
    assert draw_passport(CLARA).startswith(b"\xff\xd8\xff")


def test_seeding_twice_seeds_once() -> None:
    assert seed_demo()
    cases = Case.objects.count()
    assert not seed_demo()
    assert (Case.objects.count(), cases) == (17, 17)


def test_the_people_of_the_demonstration_leave_a_case_in_every_state() -> None:
    seed_demo()
    for customer in Customer.objects.filter(external_id__gte="DEMO-008").order_by("external_id"):
        need_person(case=customer.cases.get(), code="t", sentence="No document was sent.", source_type="t", source_id=1)
        assess_pending(customer.pk)
    assert play_day(_Quiet()) == 8
    told = dict(
        Case.objects.filter(customer__external_id__gte="DEMO-008").values_list("customer__external_id", "status")
    )
    assert list(told.values()).count("closed") == 2
    assert {"in_review", "escalated", "snoozed", "proposed", "closed", "waiting_info"} <= set(told.values())


def test_its_past_shows_three_faults_in_batch_records_and_nothing_in_ordinary_lives() -> None:
    seed_demo()
    for process in pending_processes(100):
        assess_process(process)
    for customer in Customer.objects.all():
        assess_pending(customer.pk)
    fired = Alert.objects.values_list("customer__external_id", "scenario__code")
    assert sorted(fired) == [
        ("DEMO-001", "structuring"), ("DEMO-010", "high_risk_geography"), ("DEMO-012", "structuring"),
        ("DEMO-017", "backdated_entry"), ("DEMO-017", "out_of_limits_without_deviation"), ("DEMO-017", "self_verification"),
    ]  # fmt: skip


def test_its_models_are_a_champion_and_a_challenger_that_explain_what_is_open() -> None:
    seed_demo()
    run_work(LongWork.objects.get(kind=DEMO_MODELS).pk)
    work = LongWork.objects.get(kind=DEMO_MODELS)
    assert work.state == "done", work.error
    assert list(ModelVersion.objects.order_by("number").values_list("state", flat=True)) == ["champion", "challenger"]
    assert RowScore.objects.filter(version__state="champion", is_flagged=True).exists()
    assert ModelVersion.objects.get(state="champion").drift


def test_nobody_is_told_before_seeding() -> None:
    assert demo_logins() == []


def test_printed_people_can_sign_in(client: Client) -> None:
    seed_demo()
    people = [login for login in demo_logins() if login.role != "service_account"]
    assert len(people) == 5
    assert all(client.login(username=login.username, password=login.password) for login in people)


def test_printed_key_opens_the_api_and_only_the_owner_reads_its_file(client: Client, tmp_path: Path) -> None:
    seed_demo()
    path = tmp_path / "demo-api-key"
    answer = client.get("/api/v1/customers", headers={"Authorization": f"Bearer {path.read_text().strip()}"})
    assert (answer.status_code, answer.json()["count"], path.stat().st_mode & 0o777) == (200, 17, 0o600)


def test_command_prints_the_logins(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    assert "ana.analyst" in capsys.readouterr().out
