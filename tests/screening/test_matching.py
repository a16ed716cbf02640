"""Looking for a party on lists: who is found, who is left alone, and what is said of it."""

from pathlib import Path

import pytest

from screening.lists.base import ListedParty
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import DISCOUNTED, RAISED, ListMatcher, Match, Query
from screening.matching.policy import MatchPolicy

ENTRIES = (
    ListedParty(
        "1", "Person", "Viktor Aleksandrovich Morozenko", aliases=("Віктор Морозенко",), birth_dates=("1969-03-14",),
        countries=("UA",),
    ),
    ListedParty("2", "Person", "Abdulkarim Haddoun al-Rashadi", weak_aliases=("The Baker",), birth_dates=("1975",)),
    ListedParty("3", "Organization", "Zarya Northern Shipping OOO", id_numbers=("IMO 9-074-729",)),
    ListedParty("4", "Person", "Kim Sok"),
    ListedParty("5", "LegalEntity", "Tamarind Ventures"),
)  # fmt: skip
MATCHER = ListMatcher(ENTRIES, key="demo")


def _matches(
    *names: str, schema: str = "Person", matcher: ListMatcher = MATCHER, **facts: tuple[str, ...]
) -> list[Match]:
    return matcher.search(Query(names, PartyFacts(schema, **facts)))


def _search(*names: str, **facts: object) -> list[tuple[str, str]]:
    return [(match.source_id, match.outcome) for match in _matches(*names, **facts)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Viktor Aleksandrovich Morozenko", "MOROZENKO, Viktor Aleksandrovich", "Viktor Alexandrovich Morozenko",
        "Victor Aleksandrovich Morozenco", "Viktor Morozenko", "V\u200biktor Aleksandrovich Morozenko", "Віктор Морозенко",
        "Vіktor Aleksandrovich Morozenko", "Viktor Aleksandrovich Morozneko", "Dr Viktor Morozenko", "V. A. Morozenko",
        "Viktor Aleksandrovich Moroz", "Vktr Alksndrvch Mrznk", "Vikt0r Aleksandrovich Morozenk0", "H.E. Viktor Morozenko",
        "ViktorAleksandrovich Morozenko", "Viktor Aleksandrovich Moro zenko", "Viktor Aleksandrovich Mororzenko",
    ],
)  # fmt: skip
def test_search_finds_a_listed_person_under_another_spelling(name: str) -> None:
    assert ("1", RAISED) in _search(name)


@pytest.mark.parametrize(
    "name",
    [
        "Maria Gonzalez",
        "Viktor Petrov",
        "Aleksandr Viktorovich Ivanov",
        "Anna Rashid",
        "Kim Lee",
        "Sok",
        "P. A. Morozenko",
    ],
)
def test_search_leaves_somebody_else_alone(name: str) -> None:
    assert _search(name) == []


def test_search_with_one_wrong_digit_of_the_birth_date_still_raises() -> None:
    assert ("1", RAISED) in _search("Viktor Aleksandrovich Morozenko", birth_dates=("1968-03-14",))


def test_search_with_another_birth_date_is_discounted_not_dropped() -> None:
    assert ("1", DISCOUNTED) in _search("Viktor Aleksandrovich Morozenko", birth_dates=("1999-11-02",))


def test_a_discounted_match_says_what_it_would_be_without_the_birth_date() -> None:
    match = _matches("Viktor Aleksandrovich Morozenko", birth_dates=("1999-11-02",))[0]
    assert (match.without("birth date"), match.without("country")) == (RAISED, DISCOUNTED)


def test_search_of_an_organisation_does_not_give_people() -> None:
    assert _search("Kim Sok", schema="Organization") == []


@pytest.mark.parametrize("schema", ["Person", "Company"])
def test_search_finds_an_entry_whose_list_does_not_say_what_it_is(schema: str) -> None:
    assert _search("Tamarind Ventures", schema=schema) == [("5", RAISED)]


@pytest.mark.parametrize(
    "name", ["Zarya Northern Shipping", "ZARYA NORTHERN SHIPPING LIMITED", "Northern Zarya Shipping Limted"]
)
def test_search_of_an_organisation_with_another_legal_form_raises(name: str) -> None:
    assert ("3", RAISED) in _search(name, schema="Organization")


def test_search_of_a_weak_alias_says_so() -> None:
    assert "a weak alias of the entry" in _matches("The Baker")[0].alignment


def test_a_match_says_word_for_word_what_differs() -> None:
    assert _matches("Viktor Aleksandrovich Morozenco")[0].alignment == (
        "“viktor” is the same", "“aleksandrovich” is the same", "“morozenco” ≈ “morozenko”, 1 letter, sounds the same",
    )  # fmt: skip
    assert "“morotenko” ≈ “morozenko”, 1 letter" in _matches("Viktor Aleksandrovich Morotenko")[0].alignment


def test_a_match_names_its_list_the_issuers_id_and_every_feature() -> None:
    match = _matches("Viktor Morozenko")[0]
    assert (match.list_key, match.source_id) == ("demo", "1")
    assert [feature.feature for feature in match.features] == [
        "birth date", "country", "id number", "gender", "address", "rarity",
    ]  # fmt: skip


def test_search_by_the_same_id_number_raises_whatever_the_name() -> None:
    assert _search("Another Name Entirely", schema="Vessel", id_numbers=("9074729",)) == []
    assert _search("Another Name Entirely", schema="Vessel", id_numbers=("imo 9074729",)) == [("3", RAISED)]


def test_search_of_several_names_gives_an_entry_once() -> None:
    assert _search("Viktor Morozenko", "Віктор Морозенко", "Somebody Else") == [("1", RAISED)]


def test_a_delta_adds_changes_and_removes_entries_and_leaves_the_former_matcher_alone() -> None:
    changed = ListedParty("4", "Person", "Kim Sok Ilyang")
    later = MATCHER.with_delta("demo", [changed, ListedParty("6", "Person", "Brigitte Fallhammer")], ["1"])
    assert [(one.source_id, one.listed_name) for one in _matches("Kim Sok Ilyang", matcher=later)] == [
        ("4", "Kim Sok Ilyang")
    ]
    assert _search("Brigitte Fallhammer", matcher=later) == [("6", RAISED)]
    assert _search("Viktor Morozenko", matcher=later) == []
    assert _search("Viktor Morozenko") == [("1", RAISED)]


def test_a_second_delta_takes_back_what_the_first_one_added() -> None:
    first = MATCHER.with_delta(
        "demo", [ListedParty("6", "Person", "Brigitte Fallhammer"), ListedParty("7", "Person", "Ute Rand")]
    )
    second = first.with_delta("demo", [], ["6"])
    assert (_search("Brigitte Fallhammer", matcher=second), _search("Ute Rand", matcher=second)) == (
        [],
        [("7", RAISED)],
    )


def test_a_saved_matcher_finds_what_the_built_one_finds(tmp_path: Path) -> None:
    MATCHER.save(tmp_path / "index")
    loaded = ListMatcher.load(tmp_path / "index")
    for name in ("Viktor Morozenko", "V. Morozenko", "Kim Sok"):
        assert _matches(name, matcher=loaded) == _matches(name)


def test_the_hash_of_a_policy_changes_with_a_threshold() -> None:
    assert MatchPolicy().sha256 == MatchPolicy().sha256 != MatchPolicy(raise_from=0.9).sha256
