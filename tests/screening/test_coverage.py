"""Nobody is forgotten: remembered false positives, the ledger of coverage, re-screening by jobs that survive a kill."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from accounts.enums import Role
from cases.models import CaseReason
from core.clock import now, today
from core.exceptions import PermissionRefused
from customers.models import Customer
from screening import customers_index
from screening.enums import HitDisposition, HitReason, HitState, JobKind, JobState
from screening.lists.base import ListedParty
from screening.matching.normalise import tokens_of
from screening.models import Coverage, Hit, ListVersion, RescreenJob, RescreenPart, Screening, Suppression
from screening.reverse import CustomerName, build_customer_index
from screening.selectors import coverage_by_list, customers_without_screening, screening_summary
from screening.services import (
    approve_suppression,
    dispose_hit,
    due_jobs,
    end_due_suppressions,
    import_list,
    lift_suppression,
    replay_screening,
    rescreen,
    rescreen_work,
    screen_customer,
    screen_pending,
    work_due,
)
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_case
from tests.factories.customers import make_customer

pytestmark = pytest.mark.django_db


def _list(tmp_path: Path, *rows: str, columns: str = "") -> ListVersion:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"source_id,schema,name{columns}", *rows]) + "\n")
    return import_list(
        format="internal_csv", path=path, name="Test list", by=make_api_client().actor, approve_volume=True
    )


def _screen(customer: Customer) -> Screening:
    return screen_customer(customer=Customer.objects.get(pk=customer.pk), by=make_person().actor)


def _cleared(customer: Customer) -> Suppression:
    _screen(customer)
    dispose_hit(hit_id=Hit.objects.get().pk, disposition=HitDisposition.FALSE_POSITIVE, rationale="another person",
                reason_code=HitReason.OTHER_BIRTH_DATE, by=make_person().actor)  # fmt: skip
    return Suppression.objects.get()


def _catch_up() -> None:
    for _ in range(20):
        due = due_jobs(10)
        if not due:
            return
        for pk in due:
            work_due(pk)
    raise AssertionError("there is always more to do")


@pytest.fixture
def customer() -> Customer:
    return make_case(name="Otto Fiktion").customer


@pytest.mark.parametrize(
    ("row", "opens"),
    [
        ("1,Person,Otto Fiktion,,X,new remarks,Kiel", False),
        ("1,Person,Otto Fiktion,1984,X,,", True),
        ("1,Person,Otto Fiktion,,Y,,", True),
        ("1,Person,Otto Maria Fiktion,,X,,", True),
    ],
)
def test_a_cleared_pair_re_opens_on_a_material_change_alone(
    customer: Customer, tmp_path: Path, row: str, opens: bool
) -> None:
    columns = ",birth_dates,programs,remarks,addresses"
    _list(tmp_path, "1,Person,Otto Fiktion,,X,,", columns=columns)
    _cleared(customer)
    _list(tmp_path, row, columns=columns)
    _catch_up()
    assert (Hit.objects.get().state == HitState.OPEN) is opens


def test_a_decision_carries_over_when_the_list_merges_its_entries(customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "old,Person,Otto Fiktion,", columns=",referents")
    _cleared(customer)
    _list(tmp_path, "new,Person,Otto Fiktion,old;older", columns=",referents")
    _catch_up()
    hit = Hit.objects.get()
    assert (hit.source_id, hit.state, Suppression.objects.get().source_id) == ("new", HitState.DISPOSED, "new")


def test_a_remembered_false_positive_needs_a_second_person(customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion")
    row = _cleared(customer)
    with pytest.raises(PermissionRefused):
        approve_suppression(suppression_id=row.pk, by=row.author.actor)
    with pytest.raises(PermissionRefused):
        approve_suppression(suppression_id=row.pk, by=make_person().actor)
    approve_suppression(suppression_id=row.pk, by=make_person(Role.REVIEWER).actor)
    Suppression.objects.update(created_at=now() - timedelta(days=40))
    end_due_suppressions()
    assert Hit.objects.get().state == HitState.DISPOSED


@pytest.mark.parametrize(
    "change", [{"created_at": now() - timedelta(days=40)}, {"expires_on": today() - timedelta(days=1)}]
)
def test_a_false_positive_that_expires_or_nobody_approves_re_opens(
    customer: Customer, tmp_path: Path, change: dict[str, object]
) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion")
    _cleared(customer)
    Suppression.objects.update(**change)
    end_due_suppressions()
    assert Hit.objects.get().state == HitState.OPEN


def test_a_lifted_suppression_re_opens_its_hit(customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion")
    lift_suppression(suppression_id=_cleared(customer).pk, by=make_person().actor)
    assert screening_summary(customer).open_hits == 1


def test_a_new_entry_finds_the_customer_and_the_others_stay_covered(customer: Customer, tmp_path: Path) -> None:
    other = make_customer(name="Jane Citizen")
    _list(tmp_path, "1,Person,Somebody Else Entirely")
    for one in (customer, other):
        _screen(one)
    _catch_up()
    assert customers_without_screening() == 0
    _list(tmp_path, "1,Person,Somebody Else Entirely", "2,Person,Otto Fiktion")
    assert customers_without_screening() == 2
    _catch_up()
    assert RescreenJob.objects.first().kind == JobKind.DELTA
    assert Hit.objects.get().customer == customer
    assert customers_without_screening() == 0
    assert not screening_summary(other).stale


def test_who_was_screened_after_the_snapshot_is_not_carried_on(customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "1,Person,Somebody Else Entirely")
    _catch_up()
    late = make_customer()
    former = _screen(late).list_versions.get()
    _list(tmp_path, "1,Person,Somebody Else Entirely", "2,Person,Otto Fiktion")
    _catch_up()
    Coverage.objects.filter(customer=late).update(screened_at=now() + timedelta(seconds=5), version=former)
    assert customers_without_screening() == 1


def test_a_new_list_screens_every_customer_and_a_changed_customer_is_screened_again(
    customer: Customer, tmp_path: Path
) -> None:
    _list(tmp_path, "1,Person,Somebody Else Entirely")
    assert customers_without_screening() == 1
    _catch_up()
    assert RescreenJob.objects.get().kind == JobKind.FULL
    customer.party.name = "Somebody Else Entirely"
    customer.party.save()
    assert customers_without_screening() == 1
    Customer.objects.update(created_at=now() - timedelta(hours=1))
    screen_pending()
    assert (customers_without_screening(), Hit.objects.count()) == (0, 1)


def test_a_customer_that_cannot_be_screened_is_failed_never_clean(
    customer: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ValueError("this customer's facts are broken")

    _list(tmp_path, "1,Person,Somebody Else Entirely")
    with monkeypatch.context() as patch:
        patch.setattr(rescreen_work, "matches_of", broken)
        _catch_up()
    counted = coverage_by_list()[0]
    assert (counted.failed, counted.screened, customers_without_screening()) == (1, 0, 1)
    assert screening_summary(customer).stale


def test_delisting_is_told_on_open_and_confirmed_hits(customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion", "2,Person,Somebody Else")
    _screen(customer)
    _list(tmp_path, "2,Person,Somebody Else")
    _catch_up()
    assert Hit.objects.get().delisted_at is not None
    assert CaseReason.objects.filter(code="delisted").count() == 1


def test_a_killed_job_continues_where_it_stopped_and_misses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescreen, "PART_SIZE", 10)
    monkeypatch.setattr(rescreen_work, "CHUNK", 4)
    client = make_api_client()
    for number in range(25):
        make_customer(client=client, name="Otto Fiktion" if number == 24 else "Jane Citizen")
    _list(tmp_path, "1,Person,Otto Fiktion")
    work_due(RescreenJob.objects.get().pk)
    part = RescreenPart.objects.order_by("first_id").first()
    claimed = rescreen._claim(part.pk)
    next(rescreen._steps(claimed))  # one chunk is stored, then the worker is gone
    assert Coverage.objects.count() == 4
    RescreenPart.objects.filter(pk=part.pk).update(lease_until=now() - timedelta(seconds=1))
    _catch_up()
    assert list(rescreen._steps(claimed)) == []  # back from the dead it stores nothing
    assert (customers_without_screening(), Screening.objects.count(), Hit.objects.count()) == (0, 25, 1)
    assert RescreenJob.objects.get().state == JobState.DONE


def test_rescreen_command_screens_everybody_again(
    customer: Customer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion")
    call_command("rescreen", "--list-version", "Test list")
    call_command("rescreen", "--list-version", "Test list:1", "--full")
    assert "1 screened" in capsys.readouterr().out
    assert RescreenJob.objects.filter(state=JobState.DONE).count() == 2


def test_the_index_finds_customers_by_other_spellings_and_by_number() -> None:
    names = ["Viktor Morozenko", "Abdul Karim Rashadi", "Jane Citizen", "V Brandvoort", "Zarya Shipping GmbH"]
    rows = [CustomerName(bytes([number]) * 16, [name], ["AB 1234567"] if number == 2 else (), number != 4)
            for number, name in enumerate(names)]  # fmt: skip
    index = build_customer_index(rows, now().isoformat())

    def found(name: str, *numbers: str, person: bool = True) -> set[int]:
        return {key[0] for key in index.customers_like([tokens_of(name)], numbers, person=person)}

    assert found("MOROZNEKO, Wiktor Aleksandrovich") == {0}
    assert found("Abdulkarim al-Rashadi") == {1}
    assert found("Viktor Brandvoort") == {3}
    assert found("Nobody Atall", "AB-1234567") == {2}
    assert found("Zarya Northern Shipping OOO", person=False) == {4}


def test_candidates_come_from_the_index_and_from_what_changed_since(
    monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    monkeypatch.setattr(customers_index, "_FEW", 0)
    settings.DATA_DIR = tmp_path
    listed, other = make_customer(name="Otto Fiktion"), make_customer(name="Jane Citizen")
    Customer.objects.update(created_at=F("created_at"))
    customers_index.rebuild()
    monkeypatch.setattr(customers_index, "_FRESH_SHARE", 1)
    entry = ListedParty("1", "Person", "Oto Fiktion")
    assert customers_index.candidates([entry]) == {listed.pk}
    other.party.save()
    assert customers_index.candidates([entry]) == {listed.pk, other.pk}


def test_pages_tell_coverage_and_approve(client: Client, customer: Customer, tmp_path: Path) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion")
    row = _cleared(customer)
    person = make_person(Role.REVIEWER)
    client.force_login(person)
    assert "Coverage" in client.get("/screening/lists/").content.decode()
    assert "Otto Fiktion" in client.get("/screening/suppressions/").content.decode()
    client.post(f"/screening/suppressions/{row.pk}/decision/", {"decision": "approve"})
    row.refresh_from_db()
    assert row.approver == person


def test_a_screening_replays_the_same_after_its_list_has_changed(
    customer: Customer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _list(tmp_path, "1,Person,Otto Fiktion", "2,Person,Otto Fiktoin")
    screening = _screen(customer)
    _list(tmp_path, "1,Person,Somebody Else Entirely", "2,Person,Otto Fiktoin")
    assert replay_screening(Screening.objects.get(pk=screening.pk)).same
    call_command("replay_screening", str(screening.pk))
    assert "the same result, the same engine, the same weights" in capsys.readouterr().out
