"""The attack on pages (`make attack-site`) finds out the pages that are weak on purpose: its silence means something."""

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from bench.attack.walk import Walk
from bench.attack.weaknesses import missed_by


@pytest.mark.django_db(transaction=True)
def test_every_weakness_is_found_out(settings: Settings, live_server: LiveServer) -> None:
    settings.ROOT_URLCONF = "bench.attack.weak_urls"
    walk = Walk(live_server.url, session="", most=400, start="/weak/").done()
    assert missed_by(walk) == set()
    assert walk.asked < 400
