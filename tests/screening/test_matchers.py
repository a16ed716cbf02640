"""The matchers of active lists: a set of versions asked at once, changed without a pause, merged into one file."""

from pathlib import Path

import pytest

from screening.lists.base import PERSON
from screening.matchers import matcher_of_set, merge_set, set_path
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import Query
from screening.models import ListVersion
from tests.factories.cases import make_list

pytestmark = pytest.mark.django_db


def _found(name: str, *versions: ListVersion) -> list[tuple[int, str, int]]:
    """(number of the version, source id, position) of every match."""
    matches = matcher_of_set(versions).search(Query((name,), PartyFacts(PERSON)))
    return [(version.number, match.source_id, match.entry) for version, match in matches]


@pytest.fixture
def first(tmp_path: Path) -> ListVersion:
    return make_list(tmp_path, "Otto Fiktion", "Berta Beispielhaft", name="First")


def test_a_set_is_asked_at_once_and_says_which_list_a_match_is_on(tmp_path: Path, first: ListVersion) -> None:
    second = make_list(tmp_path, "Somebody Else", "Otto Fiktion", name="Second")
    found = matcher_of_set([first, second]).search(Query(("Otto Fiktion",), PartyFacts(PERSON)))
    assert {(version.watchlist.name, match.entry) for version, match in found} == {("First", 0), ("Second", 1)}


def test_a_new_version_is_laid_beside_the_index_at_once_and_merged_later(tmp_path: Path, first: ListVersion) -> None:
    assert _found("Berta Beispielhaft", first) == [(1, "T-1", 1)]
    newer = make_list(tmp_path, "Otto Fiktion", "Ute Randfigur", "Karla Neuling", name="First")
    assert not matcher_of_set([newer]).is_merged
    beside = [_found(name, newer) for name in ("Otto Fiktion", "Berta Beispielhaft", "Karla Neuling")]
    assert beside == [[(2, "T-0", 0)], [], [(2, "T-2", 2)]]
    merge_set([newer])
    assert matcher_of_set([newer]).is_merged
    assert [_found(name, newer) for name in ("Otto Fiktion", "Berta Beispielhaft", "Karla Neuling")] == beside


def test_a_damaged_index_is_built_again(first: ListVersion) -> None:
    merge_set([first])
    set_path([first]).write_bytes(b"damaged")
    from screening import matchers

    matchers._sets.clear()
    assert _found("Otto Fiktion", first) == [(1, "T-0", 0)]
