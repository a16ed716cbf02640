"""Agreement beyond chance and differences of shares, against published figures; a chance that nobody chooses."""

from core.agreement import cohen_kappa
from core.chance import is_among
from core.intervals import newcombe


def test_kappa_is_the_published_one() -> None:
    # Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions, table 18.1: kappa 0.68, standard error 0.087
    table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
    pairs = [(one, two) for one, row in enumerate(table) for two, count in enumerate(row) for _ in range(count)]
    told = cohen_kappa(pairs)
    assert (told.pairs, told.agreed, round(told.value or 0, 4)) == (100, 89, 0.6765)
    assert round((told.high - told.low) / 2 / 1.959964, 3) == 0.088


def test_kappa_is_not_told_where_chance_explains_all() -> None:
    assert cohen_kappa([]).value is None
    told = cohen_kappa([("a", "a")] * 5)
    assert (told.value, told.agreed) == (None, 5)


def test_kappa_of_full_agreement_is_one() -> None:
    told = cohen_kappa([("a", "a"), ("b", "b"), ("a", "a")])
    assert (told.value, told.low, told.high) == (1.0, 1.0, 1.0)


def test_newcombe_is_the_published_interval() -> None:
    low, high = newcombe(56, 70, 48, 80)  # Newcombe 1998, table II, example (a), method 10
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert newcombe(0, 0, 1, 2) == (-1.0, 1.0)


def test_chance_is_the_same_again_and_about_as_large_as_told() -> None:
    among = [key for key in range(2000) if is_among(20, "test", key)]
    assert among == [key for key in range(2000) if is_among(20, "test", key)]
    assert 320 < len(among) < 480
    assert set(among) <= {key for key in range(2000) if is_among(50, "test", key)}
    assert not any(is_among(0, "test", key) for key in range(200))
