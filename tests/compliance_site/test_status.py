"""The status page: for administrators, with what needs attention first."""

import pytest
from django.test import Client

from accounts.enums import Role
from audit.alarms import raise_alarm
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


def _page(client: Client, role: Role) -> tuple[int, str]:
    client.force_login(make_person(role))
    answer = client.get("/administration/status/")
    return answer.status_code, answer.content.decode()


def test_status_with_an_alarm_shows_it_first(client: Client) -> None:
    raise_alarm("rolled_back", "test")
    status, page = _page(client, Role.ADMINISTRATOR)
    assert status == 200
    assert "1 of these need attention" in page
    assert page.index("Open alarms about the record") < page.index("Steps that are due")


def test_status_says_values_in_words_with_units_and_limits(client: Client) -> None:
    make_case()
    page = _page(client, Role.ADMINISTRATOR)[1]
    assert "Should be none." in page
    assert "Needs attention above 10 minutes." in page
    assert "In order" in page
    assert ">now<" not in page


def test_status_is_not_for_analysts(client: Client) -> None:
    assert _page(client, Role.ANALYST)[0] == 403
