"""Lists of REST: counted up to a bound, read to their end."""

import pytest
from django.test import Client

from accounts.enums import Role
from core import pagination
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
