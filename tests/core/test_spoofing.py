"""Names that are not what they look like."""

import pytest
from django.template import Context, Template

from core.spoofing import doubts_about


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Jane\u202eenaJ", "right-to-left override"),
        ("Ja\u200bne", "zero width space"),
        ("Ja\u00adne", "soft hyphen"),
        ("Jane\x1b[2J", "U+001B".lower()),
        ("P\u0430ul", "Cyrillic and Latin"),
        ("\u039fleg", "Greek and Latin"),
    ],
)
def test_what_is_hidden_or_mixed_is_told(name: str, told: str) -> None:
    assert told in " ".join(doubts_about(name))


@pytest.mark.parametrize(
    "name",
    [
        "Jane Citizen",
        "Łukasz Žižek",
        "Иван Smith",
        "محمد الخوارزمي",
        "علی\u200cرضا",
        "田中 ユミ",
        "O'Brien-ß",
        "Nguyễn Thị",
    ],
)
def test_honest_names_raise_no_doubt(name: str) -> None:
    assert doubts_about(name) == []


def test_a_page_shows_a_mark_for_each_hidden_character_and_escapes_the_rest() -> None:
    shown = Template("{% load ui %}{{ name|shown_name }}").render(Context({"name": "<b>J\u202ea"}))
    assert "\u202e" not in shown
    assert "RIGHT-TO-LEFT OVERRIDE" in shown
    assert "&lt;b&gt;J" in shown
