"""NUL characters reach no page: PostgreSQL would refuse the statement they stand in."""

import pytest
from django.test import Client

from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sent", [{"q": "a\0b"}, {"\0": "a"}])
def test_a_nul_character_is_refused_in_queries_and_forms(client: Client, sent: dict[str, str]) -> None:
    client.force_login(make_person())
    assert client.get("/cases/", sent).status_code == 400
    assert client.post("/cases/", sent).status_code == 400
