"""Importing, screening, deciding."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.exceptions import NotAPerson
from core.exceptions import InvalidInput
from customers.models import Customer
from screening.enums import HitDisposition, HitReason, ListState
from screening.exceptions import HitDecidedAlready, ListRefused, NoActiveList
from screening.models import Hit
from screening.selectors import screening_summary
from screening.services import dispose_hit, import_list, screen_customer
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.cases import make_case, make_list
from tests.factories.customers import make_organisation, make_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    return make_case(name="Otto Fiktion").customer


def _screen(customer: Customer) -> None:
    screen_customer(customer=customer, by=make_person().actor)


def _dispose(hit: Hit, disposition: HitDisposition = HitDisposition.FALSE_POSITIVE) -> Hit:
    return dispose_hit(
        hit_id=hit.pk, disposition=disposition, reason_code=HitReason.OTHER_BIRTH_DATE, rationale="another person",
        by=make_person().actor,
    )  # fmt: skip


def test_screen_customer_raises_one_hit_with_its_reasons(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    assert Hit.objects.get().alignment == ["“otto” is the same", "“fiktion” is the same"]


def test_screen_customer_twice_keeps_one_hit(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    _screen(customer)
    assert Hit.objects.count() == 1


def test_screen_customer_without_a_hit_is_stored_too(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Somebody Else Entirely")
    _screen(customer)
    assert customer.screenings.get().raised == 0


def test_screen_customer_finds_a_listed_owner(tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    organisation = make_organisation()
    owner = make_owner(organisation, name="Otto Fiktion")
    _screen(organisation)
    assert Hit.objects.get().party_id == owner.party_id


def test_screen_customer_without_an_active_list_is_never_a_pass(customer: Customer) -> None:
    with pytest.raises(NoActiveList):
        _screen(customer)
    assert screening_summary(customer).stale


def test_a_false_positive_stays_decided_while_nothing_changes(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    _dispose(Hit.objects.get())
    _screen(customer)
    assert screening_summary(customer).open_hits == 0


def test_a_false_positive_re_opens_when_the_customer_changes(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    _dispose(Hit.objects.get())
    customer.party.nationalities = ["SY"]
    customer.party.save()
    _screen(Customer.objects.get(pk=customer.pk))
    assert screening_summary(customer).open_hits == 1


def test_dispose_hit_twice_is_refused(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    hit = _dispose(Hit.objects.get())
    with pytest.raises(HitDecidedAlready):
        _dispose(hit)


def test_dispose_hit_by_a_program_is_refused(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    told = {"disposition": HitDisposition.FALSE_POSITIVE, "reason_code": HitReason.NOT_ENOUGH, "rationale": "because"}
    with pytest.raises(NotAPerson):
        dispose_hit(hit_id=Hit.objects.get().pk, **told, by=make_api_client().actor)


def test_import_of_the_same_file_makes_no_new_version(tmp_path: Path) -> None:
    assert make_list(tmp_path, "A B C").pk == make_list(tmp_path, "A B C").pk


def test_import_of_a_broken_file_keeps_the_last_good_version(tmp_path: Path) -> None:
    good = make_list(tmp_path, "A B C")
    (tmp_path / "bad.csv").write_text("source_id,name\n1,A\n")
    with pytest.raises(ListRefused):
        import_list(format="internal_csv", path=tmp_path / "bad.csv", name="Test list", by=make_person().actor)
    good.refresh_from_db()
    assert good.state == ListState.ACTIVE


def test_dispose_hit_without_a_rationale_is_refused(customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    told = {"disposition": HitDisposition.FALSE_POSITIVE, "reason_code": HitReason.NOT_ENOUGH, "rationale": " "}
    with pytest.raises(InvalidInput):
        dispose_hit(hit_id=Hit.objects.get().pk, **told, by=make_person().actor)


def test_hit_page_compares_and_decides(client: Client, customer: Customer, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _screen(customer)
    client.force_login(make_person())
    hit = Hit.objects.get()
    assert "the same words" in client.get(f"/screening/hits/{hit.pk}/").content.decode()
    data = {"disposition": "false_positive", "reason_code": "other_name", "rationale": "another person"}
    client.post(f"/screening/hits/{hit.pk}/disposition/", data)
    hit.refresh_from_db()
    assert hit.disposition == "false_positive"


def test_screen_api_answers_without_storing(client: Client, tmp_path: Path) -> None:
    make_list(tmp_path, "Otto Fiktion")
    _, key = make_api_key()
    answer = client.post(
        "/api/v1/screen",
        {"name": "Oto Fiktion"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.json()[0]["listed_name"] == "Otto Fiktion"
    assert not Hit.objects.exists()
