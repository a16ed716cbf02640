"""A question of any length to a list."""

import pytest

from screening.models import Watchlist
from screening.selectors import entries_of


@pytest.mark.django_db
def test_a_question_longer_than_the_database_takes_finds_nothing() -> None:
    assert entries_of(Watchlist(), "A" * 60_000).count() == 0
