"""The threshold sweep: its figures, its page, who sees what."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from accounts.services import approve_role, propose_role
from audit.models import AuditEntry
from core.permissions import Permission as P  # noqa: N817 - as in the tables of roles
from customers.models import Customer
from screening.matching.sweep import Judged, swept
from screening.models import Hit
from screening.selectors import threshold_sweep
from screening.services import dispose_hit, import_list, screen_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

ADDRESS = "/screening/thresholds/"
ROWS = """source_id,schema,name,birth_dates,countries
L-1,Person,Otto Fiktion,1975-06-07,AU
L-2,Person,Otto Fikttion,,
L-3,Person,Otto Fiktion,1920-01-01,
"""


@pytest.fixture
def administrator(client: Client) -> User:
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


@pytest.fixture
def customer(tmp_path: Path) -> Customer:
    """A customer with two hits, of which L-1 is confirmed, and L-3 discounted by its birth date."""
    by = make_person(Role.ANALYST).actor
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    import_list(format="internal_csv", path=path, name="Test list", by=by, approve_volume=True)
    customer = make_case(name="Otto Fiktion", birth_date=date(1975, 6, 7)).customer
    screen_customer(customer=customer, by=by)
    hit = customer.hits.get(source_id="L-1")
    dispose_hit(hit_id=hit.pk, disposition="true_match", reason_code="same_identity", rationale="The same man.", by=by)
    return customer


def test_figures_over_a_handful_of_matches() -> None:
    matches = [
        Judged(Decimal("1.10"), raised=True, true_match=True), Judged(Decimal("0.87"), raised=True, true_match=True),
        Judged(Decimal("0.90"), raised=True, false_positive=True), Judged(Decimal("0.79"), raised=False),
    ]  # fmt: skip
    rows = {str(row.raise_from): row for row in swept(matches, days=Decimal(2), in_force=Decimal("0.86"))}
    assert len(rows) == 16
    assert [rows[at].raised for at in ("0.78", "0.86", "0.88", "0.92")] == [4, 3, 2, 1]
    assert (rows["0.86"].per_day, rows["0.86"].share_kept, rows["0.86"].avoided) == (Decimal("1.5"), 100, 0)
    assert (rows["0.92"].share_kept, rows["0.92"].avoided) == (50, 1)
    assert [at for at, row in rows.items() if row.in_force] == ["0.86"]
    assert rows["0.84"].at_least
    assert not rows["0.88"].at_least


def test_without_a_true_match_no_share_is_claimed() -> None:
    rows = swept([Judged(Decimal("0.90"), raised=True)], days=Decimal(1), in_force=Decimal("0.86"))
    assert {row.share_kept for row in rows} == {None}


@pytest.mark.django_db
def test_a_pair_found_again_counts_once_and_samples_say_what_changes(customer: Customer) -> None:
    screen_customer(customer=customer, by=make_person(Role.ANALYST).actor)
    low, high = (threshold_sweep(raise_at=Decimal(at), days=90) for at in ("0.70", "1.00"))
    assert [row.raised for row in low.rows if row.in_force] == [2]
    assert [one.pair.source_id for one in low.gained] == ["L-3"]
    assert not low.lost
    assert not high.gained
    assert [one.pair.source_id for one in high.lost] == ["L-2"]


@pytest.mark.django_db
def test_hits_of_many_customers_take_no_more_queries(customer: Customer) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        threshold_sweep(raise_at=Decimal("0.70"), days=90)
    for _ in range(3):
        screen_customer(customer=make_case(name="Otto Fiktion").customer, by=make_person(Role.ANALYST).actor)
    with CaptureQueriesContext(connection) as many:
        threshold_sweep(raise_at=Decimal("0.70"), days=90)
    assert len(many) == len(one) == 5


@pytest.mark.django_db
def test_administrator_sees_figures_and_keys_of_customers_but_no_name(
    client: Client, administrator: User, customer: Customer
) -> None:
    page = client.get(ADDRESS, {"raise_at": "0.70", "days": "30"}).content.decode()
    assert "Would be gained at 0.70" in page
    assert customer.external_id in page
    assert "Otto Fiktion" not in page
    seen = AuditEntry.objects.get(action="screening.sweep_viewed")
    assert (seen.object_id, seen.actor_id) == (str(customer.pk), str(administrator.pk))


@pytest.mark.django_db
def test_who_may_see_hits_sees_the_name_with_the_hit(client: Client, customer: Customer) -> None:
    version = propose_role(
        name="List tester", sentence="Tries thresholds on hits.", reason="a test", by=make_person(Role.ADMINISTRATOR).actor,
        permissions=[P.LIST_VIEW, P.LIST_IMPORT, P.HIT_VIEW, P.CUSTOMER_VIEW],
    )  # fmt: skip
    role = approve_role(version_id=version.pk, by=make_person(Role.MLRO).actor)
    client.force_login(make_person(role.code))
    page = client.get(ADDRESS, {"raise_at": "1.00"}).content.decode()
    assert f'<a href="/screening/hits/{Hit.objects.get(source_id="L-2").pk}/">Otto Fiktion</a>' in page


@pytest.mark.django_db
def test_nothing_stored_is_said(client: Client, administrator: User) -> None:
    assert "No match in this period" in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
def test_an_unknown_threshold_is_the_one_in_force(client: Client, administrator: User, customer: Customer) -> None:
    assert "Would be lost at 0.86" in client.get(ADDRESS, {"raise_at": "7", "days": "x"}).content.decode()


@pytest.mark.django_db
def test_analyst_is_refused(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(ADDRESS).status_code == 403
