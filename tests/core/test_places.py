"""Countries by their names, as people say them."""

from django.utils import translation

from core.language import country_in_words
from core.places import country_name, is_country


def test_names_are_those_people_say() -> None:
    assert [country_name(code) for code in ("RU", "gb", "VE")] == ["Russia", "United Kingdom", "Venezuela"]


def test_what_is_no_code_has_no_name() -> None:
    assert [country_name(code) for code in ("", "QQ", "Russia", "UTO", "15")] == [""] * 5


def test_the_readers_language_is_spoken_and_what_is_no_code_stays() -> None:
    with translation.override("de"):
        assert [country_in_words(code) for code in ("AT", "RUS", "•••")] == ["Österreich", "RUS", "•••"]


def test_a_language_nobody_knows_gives_english() -> None:
    assert country_name("AT", "xx-yy") == "Austria"


def test_a_country_is_a_code_of_iso_3166_or_kosovo() -> None:
    codes = ("DE", "XK", "UK", "XX", "DEU", "Germany", "")
    assert [code for code in codes if is_country(code)] == ["DE", "XK"]
