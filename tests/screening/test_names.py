"""Names in plain words, and how alike two of them are: examples, and properties that hold for any."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.matching.evidence import PartyFacts, compare, total
from screening.matching.likeness import word_likeness
from screening.matching.normalise import skeleton, tokens_of
from screening.matching.pairs import score_pair
from screening.matching.policy import DEFAULT_POLICY
from screening.matching.scorer import NoStatistics, score_names

NAMES = DEFAULT_POLICY.names
_WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)
_NAMES = st.lists(_WORD, min_size=1, max_size=4)


def _similarity(one: list[str], other: list[str]) -> float:
    return score_names(one, other, NoStatistics(), NAMES).similarity


@given(st.text(max_size=60))
def test_tokens_of_any_text_are_plain_latin(text: str) -> None:
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens_of(text))


@given(st.text(max_size=40))
def test_tokens_of_a_name_do_not_depend_on_how_unicode_composes_it(text: str) -> None:
    assert tokens_of(unicodedata.normalize("NFC", text)) == tokens_of(
        unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text))
    )


@given(_NAMES)
def test_tokens_of_folded_tokens_are_the_same(words: list[str]) -> None:
    tokens = tokens_of(" ".join(words))
    assert tokens_of(" ".join(tokens)) == tokens or len(tokens) == 1


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("习近平", ("xi", "jin", "ping")),
        ("김정은", ("kim", "jong", "un")),
        ("محمد عبد الرحمن", ("mhmd", "bd", "al", "rhmn")),
        ("Владимир Путин", ("vladimir", "putin")),
        ("नरेन्द्र मोदी", ("nrendr", "modi")),
        ("Ioannis Παπαδόπουλος", ("ioannis", "papadopoylos")),
        ("Vіktor\u200b Mоrozenko", ("viktor", "morozenko")),  # Cyrillic i and o inside Latin words
        ("Ṣāliḥ Łukasz Çelik", ("salih", "lukasz", "celik")),
        ("SMITH, J.R.", ("smith", "j", "r")),
        ("Zarya Trading S.A.", ("zarya", "trading")),
        ("Fico Holdings Limtied", ("fico", "holdings")),
        ("11420 CORP.", ("11420",)),
        ("M0R0ZENK0", ("morozenko",)),
        ("Minister of Justice", ("of", "justice")),
        ("Ltd", ("ltd",)),
    ],
)
def test_tokens_of_a_name_are(name: str, tokens: tuple[str, ...]) -> None:
    assert tokens_of(name) == tokens


@pytest.mark.parametrize(
    ("one", "other"), [("mohammed", "muhamad"), ("yusuf", "youssef"), ("jon", "john"), ("sergey", "sergei")]
)
def test_skeleton_of_spellings_of_one_name_is_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@given(_WORD, _WORD)
def test_likeness_of_two_words_is_the_same_both_ways_and_bounded(one: str, other: str) -> None:
    assert word_likeness(one, other, NAMES) == word_likeness(other, one, NAMES)
    assert 0 <= word_likeness(one, other, NAMES)[0] <= 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("mohamad", "mohammad", True), ("mhmd", "muhammad", True), ("karni", "kami", True), ("bob", "robert", True),
        ("maria", "petrov", False), ("wan", "li", False), ("kieran", "sron", False),
    ],
)  # fmt: skip
def test_words_are_alike_by_typing_sound_look_and_short_form(one: str, other: str, alike: bool) -> None:
    assert (word_likeness(one, other, NAMES)[0] > 0) is alike


@given(_NAMES, _NAMES)
def test_score_of_any_two_names_is_between_0_and_1(one: list[str], other: list[str]) -> None:
    assert 0 <= _similarity(one, other) <= 1


@given(_NAMES, st.randoms(use_true_random=False))
def test_score_of_a_name_in_another_order_is_near_1(name: list[str], chance: random.Random) -> None:
    shuffled = list(name)
    chance.shuffle(shuffled)
    assert _similarity(shuffled, name) >= 0.96


@given(st.text(max_size=40), st.text(max_size=40))
def test_score_of_a_pair_is_the_same_both_ways(one: str, other: str) -> None:
    assert score_pair("Person", one, other).similarity == score_pair("Person", other, one).similarity


def test_a_contradicted_word_costs_more_than_one_left_out() -> None:
    listed = ["viktor", "aleksandrovich", "morozenko"]
    left_out, contradicted = (
        _similarity(["viktor", "morozenko"], listed),
        _similarity(["viktor", "petrovich", "morozenko"], listed),
    )
    assert left_out > 0.9
    assert contradicted < 0.75


def test_one_shared_word_is_not_a_name() -> None:
    assert _similarity(["anna", "morozenko"], ["viktor", "morozenko"]) <= NAMES.one_word


def test_initials_in_another_order_count_less() -> None:
    listed = ["hamid", "osman", "mohamed"]
    assert _similarity(["h", "osman", "m"], listed) > _similarity(["m", "osman", "h"], listed)


@pytest.mark.parametrize(
    ("mine", "theirs", "sign"),
    [
        (("1969-03-14",), ("1969-03-14",), 1), (("1969-03-14",), ("1969",), 1), (("1969-03-14",), ("1968-03-14",), 1),
        (("1969-03-14",), ("1942-01-01",), -1), ((), ("1969",), 0), (("soon",), ("1969",), 0),
    ],
)  # fmt: skip
def test_evidence_of_birth_dates_has_the_sign_of_its_verdict(
    mine: tuple[str, ...], theirs: tuple[str, ...], sign: int
) -> None:
    weight = total(compare(PartyFacts("Person", birth_dates=mine), PartyFacts("Person", birth_dates=theirs)))
    assert (weight > 0) - (weight < 0) == sign
