"""The navigation: what a person may do, and where they are."""

import re

import pytest
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def _queue(client: Client, role: Role) -> str:
    client.force_login(make_person(role))
    return client.get("/cases/").content.decode()


def test_navigation_marks_the_page_that_is_shown(client: Client) -> None:
    page = _queue(client, Role.ANALYST)
    assert 'href="/cases/" aria-current="page">Queue' in page
    assert page.count('aria-current="page">') == 2  # the queue in the navigation, its view in the rail


def _administration(client: Client, role: Role) -> str:
    client.force_login(make_person(role))
    return client.get("/administration/").content.decode()


def test_administration_of_an_analyst_leaves_out_the_administrators_pages(client: Client) -> None:
    page = _administration(client, Role.ANALYST)
    assert 'href="/screening/lists/"' in page
    assert 'href="/accounts/people/"' not in page
    assert 'href="/accounts/clients/"' not in page


def test_administration_leads_to_people_and_every_page_it_names(client: Client) -> None:
    page = _administration(client, Role.ADMINISTRATOR)
    assert 'href="/accounts/people/"' in page
    for path in re.findall(r'card-link h-100" href="([^"]+)"', page):
        assert client.get(path).status_code == 200


def test_sign_in_page_shows_no_navigation(client: Client) -> None:
    assert 'aria-label="Main"' not in client.get("/accounts/login/").content.decode()
