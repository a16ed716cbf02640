"""Lists: counted up to a bound, read to their end."""

import pytest
from django.test import Client, RequestFactory

from accounts.enums import Role
from core import pagination
from customers.models import Customer
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer

pytestmark = pytest.mark.django_db


def test_a_list_longer_than_is_counted_is_read_to_its_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COUNTED", 3)
    made = {str(make_customer().pk) for _ in range(5)}
    client.force_login(make_person(Role.ANALYST))
    seen: list[str] = []
    address: str | None = "/api/v1/customers?page_size=2"
    while address:
        answer = client.get(address).json()
        assert answer["count"] == 3
        seen += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert (len(seen), set(seen)) == (5, made)


@pytest.mark.parametrize("counted", [1, 2])
def test_what_is_no_page_is_not_there(client: Client, monkeypatch: pytest.MonkeyPatch, counted: int) -> None:
    monkeypatch.setattr(pagination, "COUNTED", counted)
    make_customer()
    client.force_login(make_person(Role.ANALYST))
    for page in ("0", "-1", "x", "9" * 30):
        assert client.get(f"/api/v1/customers?page={page}").status_code in {404, 422}, page


def test_a_page_of_the_browser_says_that_there_may_be_more(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COUNTED", 4)
    for _ in range(5):
        make_customer()
    rows = Customer.objects.order_by("pk")
    last = pagination.page_of(rf.get("/", {"page": "3"}), rows, size=2)
    assert (len(last.object_list), last.start_index(), last.end_index(), last.has_next()) == (1, 5, 5, False)
    assert (last.paginator.told, last.paginator.pages_told) == ("4+", "2+")  # type: ignore[attr-defined]
    beyond = pagination.page_of(rf.get("/", {"page": "900"}), rows, size=2)
    assert (beyond.number, beyond.has_next()) == (2, True)
    assert pagination.page_of(rf.get("/"), rows[:3], size=3).paginator.count == 3
