"""The matching engine."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.lists.base import ListedParty
from screening.matching.evidence import PartyFacts, compare, total
from screening.matching.index import build_index, load_index, save_index
from screening.matching.matcher import DISCOUNTED, RAISED, ListMatcher, MatchPolicy, Query
from screening.matching.normalise import skeleton, tokens_of
from screening.matching.scorer import score_names

POLICY = MatchPolicy()
ENTRIES = (
    ListedParty(
        "1",
        "Person",
        "Viktor Aleksandrovich Morozenko",
        aliases=("Віктор Морозенко",),
        birth_dates=("1969-03-14",),
        countries=("UA",),
    ),
    ListedParty("2", "Person", "Abdulkarim Haddoun al-Rashadi", weak_aliases=("The Baker",), birth_dates=("1975",)),
    ListedParty("3", "Organization", "Zarya Northern Shipping OOO"),
    ListedParty("4", "Person", "Kim Sok"),
)
MATCHER = ListMatcher(ENTRIES)
_NAMES = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9), min_size=1, max_size=4)


def _search(name: str, **facts: object) -> list[tuple[str, str]]:
    query = Query((name,), PartyFacts(schema=str(facts.pop("schema", "Person")), **facts))
    return [(ENTRIES[match.entry].source_id, match.outcome) for match in MATCHER.search(query, POLICY)]


@pytest.mark.parametrize(
    "name",
    [
        "Viktor Aleksandrovich Morozenko", "MOROZENKO, Viktor Aleksandrovich", "Viktor Alexandrovich Morozenko",
        "Victor Aleksandrovich Morozenco", "Viktor Morozenko", "V\u200biktor Aleksandrovich Morozenko",
        "Віктор Морозенко", "Vіktor Aleksandrovich Morozenko", "Viktor Aleksandrovich Morozneko", "Dr Viktor Morozenko",
    ],
)  # fmt: skip
def test_search_finds_a_listed_person_under_another_spelling(name: str) -> None:
    assert ("1", RAISED) in _search(name)


@pytest.mark.parametrize(
    "name", ["Maria Gonzalez", "Viktor Petrov", "Aleksandr Viktorovich Ivanov", "Anna Rashid", "Kim Lee", "Sok"]
)
def test_search_leaves_somebody_else_alone(name: str) -> None:
    assert _search(name) == []


def test_search_with_one_wrong_digit_of_the_birth_date_still_raises() -> None:
    assert ("1", RAISED) in _search("Viktor Aleksandrovich Morozenko", birth_dates=("1968-03-14",))


def test_search_with_another_birth_date_is_discounted_not_dropped() -> None:
    assert ("1", DISCOUNTED) in _search("Viktor Aleksandrovich Morozenko", birth_dates=("1999-11-02",))


def test_search_of_an_organisation_does_not_give_people() -> None:
    assert _search("Kim Sok", schema="Organization") == []


def test_search_of_an_organisation_without_its_legal_form_raises() -> None:
    assert ("3", RAISED) in _search("Zarya Northern Shipping", schema="Organization")


def test_search_by_a_glued_name_raises() -> None:
    assert ("1", RAISED) in _search("ViktorAleksandrovich Morozenko")


def test_search_of_a_weak_alias_says_so() -> None:
    match = MATCHER.search(Query(("The Baker",), PartyFacts("Person")), POLICY)[0]
    assert "a weak alias of the entry" in match.alignment


def test_a_match_says_which_letters_differ() -> None:
    match = MATCHER.search(Query(("Viktor Aleksandrovich Morozenco",), PartyFacts("Person")), POLICY)[0]
    assert "“morozenco” ≈ “morozenko”, 1 letter" in match.alignment


def test_search_with_the_same_id_number_on_a_near_name_raises() -> None:
    entry = ListedParty("9", "Person", "Ilse Maria Brandvoort", id_numbers=("NL-123 456",))
    found = ListMatcher((entry,)).search(
        Query(("Ilse Brandtvoordt",), PartyFacts("Person", id_numbers=("NL123456",))), POLICY
    )
    assert [match.outcome for match in found] == [RAISED]


@given(_NAMES, _NAMES)
def test_score_of_any_two_names_is_between_0_and_1(one: list[str], other: list[str]) -> None:
    assert 0 <= score_names(one, other, lambda _: 1.0).similarity <= 1


@given(_NAMES, st.randoms(use_true_random=False))
def test_score_of_a_name_in_another_order_is_1(name: list[str], chance: random.Random) -> None:
    shuffled = list(name)
    chance.shuffle(shuffled)
    assert score_names(shuffled, name, lambda _: 1.0).similarity >= 0.97


@given(st.text(max_size=60))
def test_tokens_of_any_text_are_plain_latin(text: str) -> None:
    assert all(token.isascii() and token.isalnum() for token in tokens_of(text))


@pytest.mark.parametrize(
    ("one", "other"), [("mohammed", "muhamad"), ("yusuf", "youssef"), ("jon", "john"), ("sergey", "sergei")]
)
def test_skeleton_of_spellings_of_one_name_is_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("mine", "theirs", "sign"),
    [
        (("1969-03-14",), ("1969-03-14",), 1),
        (("1969-03-14",), ("1969",), 1),
        (("1969-03-14",), ("1942-01-01",), -1),
        ((), ("1969",), 0),
    ],
)
def test_evidence_of_birth_dates_has_the_sign_of_its_verdict(
    mine: tuple[str, ...], theirs: tuple[str, ...], sign: int
) -> None:
    weight = total(compare(PartyFacts("Person", birth_dates=mine), PartyFacts("Person", birth_dates=theirs)))
    assert (weight > 0) - (weight < 0) == sign


def test_a_saved_index_finds_what_the_built_one_finds(tmp_path: Path) -> None:
    built = build_index((number, entry.all_names) for number, entry in enumerate(ENTRIES))
    save_index(built, tmp_path)
    loaded = load_index(tmp_path)
    for name in ("viktor morozenko", "zarya shipping"):
        assert loaded.candidates(name.split()) == built.candidates(name.split())
