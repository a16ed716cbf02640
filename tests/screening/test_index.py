"""The index: its file, and the spellings it finds."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from screening.lists.base import ListedParty
from screening.matching.index import IndexUnreadable, build_index, load_index, save_index
from screening.matching.index.keys import letter_mask
from screening.matching.index.names import ARRAYS
from screening.matching.likeness import budget
from screening.matching.policy import DEFAULT_POLICY

PARTIES = (
    ListedParty("1", "Person", "Viktor Morozenko", aliases=("Віктор Морозенко", "Vitya"), id_numbers=("AB 12345",)),
    ListedParty("2", "Organization", "Zarya Northern Shipping OOO"),
    ListedParty("3", "Person", "Viktor Morozenko"),
)
GOLDEN = "7d0cde5398ef46cdcbcbb6b4296c26287c1ad5264a395fd9e986baee6f72933e"


def test_the_file_of_an_index_is_what_it_was(tmp_path: Path) -> None:
    """Who changes the format, the normaliser or a key changes ENGINE_VERSION (and this digest): old files are not read then."""
    save_index(build_index([("demo", PARTIES)]), tmp_path / "index")
    content = (tmp_path / "index").read_bytes()
    assert content.startswith(b"PRBYIX02")
    assert hashlib.sha256(content).hexdigest() == GOLDEN


def test_a_loaded_index_holds_the_same_arrays_and_maps_them(tmp_path: Path) -> None:
    built = build_index([("demo", PARTIES)])
    save_index(built, tmp_path / "index")
    loaded = load_index(tmp_path / "index")
    assert all(np.array_equal(getattr(built, name), getattr(loaded, name)) for name in ARRAYS)
    assert not loaded.word_rows.flags.owndata
    assert not loaded.word_rows.flags.writeable


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"PRBYIX01" + bytes(100))
    with pytest.raises(IndexUnreadable):
        load_index(tmp_path / "index")


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    save_index(build_index([("demo", ())]), tmp_path / "index")
    assert load_index(tmp_path / "index").rows_like(("viktor",), DEFAULT_POLICY) == []


def test_one_name_is_one_row_whoever_bears_it() -> None:
    index = build_index([("demo", PARTIES)])
    row = index.rows_like(("viktor", "morozenko"), DEFAULT_POLICY)[0]
    assert [entry for entry, _ in index.bearers_of_row(row)] == [0, 2]


def test_entries_are_found_by_id_number_and_by_source() -> None:
    index = build_index([("demo", PARTIES)])
    assert (index.entries_with_number("ab-12345"), index.entry_of("demo", "2"), index.entry_of("other", "2")) == (
        [0],
        1,
        None,
    )


@pytest.mark.parametrize("word", ["morozenko", "morozneko", "mrznk", "morozenco", "rnorozenko", "moroz"])
def test_spellings_of_a_word_hold_the_listed_one(word: str) -> None:
    words = build_index([("demo", PARTIES)]).words
    found = words.spellings(word, DEFAULT_POLICY.names, cut=True)
    assert words.number("morozenko") in found.words


def test_letters_in_common_never_hide_a_spelling_within_the_budget() -> None:
    words = [
        "morozenko",
        "morozneko",
        "moroozenko",
        "orozenko",
        "morozenka",
        "mmorozenk",
        "kim",
        "kin",
        "aziz",
        "azis",
        "11420",
        "11421",
    ]
    for one in words:
        for other in words:
            errors = OSA.distance(one, other)
            if errors <= budget(max(len(one), len(other))):
                assert (letter_mask(one) ^ letter_mask(other)).bit_count() <= 2 * errors
