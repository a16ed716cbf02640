"""English sentences with values said again in the reader's language, with the reader's numbers and dates."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from string import Formatter

from django.utils import formats, translation
from django.utils.translation import trans_real

from core.places import countries_in

_HOLE = re.compile(r"\{(\w+)(?::[^{}]*)?\}")
_TELLING = 8  # letters that a pattern must have of its own to be told from any other sentence
_COUNTRIES = "countries"  # the place of countries in a pattern; a person may be called Georgia
_NESTED = 2  # how deep sentences stand in sentences
_OWN_WORDS = {"label", "side", "rows", "title", "domain", "span"}  # never a person's or a company's name
_ONLY = {"side": "sender|receiver", "span": r"a day|\d+ days"}  # what nothing else can be taken for
_OURS = "_word"  # placeholders that end so hold a code or a label of the product's, never what somebody typed
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d.*)?")
_NUMBER = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)( ?%| [A-Z]{3})?")


def retold(text: str, language: str) -> str:
    """The sentence by the most telling pattern of the catalogue that it fits; itself where it fits none."""
    return _retold(text, language, _NESTED)


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern in the reader's language; values written as the English pattern asks, then as the reader writes them."""
    told = {name: in_figures(format(values[name], spec)) for name, spec in _holes(pattern) if name in values}
    told |= {name: str(value) for name, value in values.items() if name not in told}
    told |= {name: word(str(value)) for name, value in values.items() if name.endswith(_OURS)}
    if _COUNTRIES in values:
        told[_COUNTRIES] = countries_in(str(values[_COUNTRIES]), translation.get_language() or "en")
    return _HOLE.sub(r"{\1}", translation.gettext(pattern)).format(**told)


def word(text: str) -> str:
    """A word of the product's by its own text or by the label that is written so; itself where the catalogue has neither."""
    return next((told for own in (text, text.capitalize()) if own and (told := translation.gettext(own)) != own), text)


def in_figures(text: str) -> str:
    """A number or a date as English code writes it, in the reader's way; any other text as it is."""
    if found := _DAY.fullmatch(text):
        try:
            return str(formats.date_format(date.fromisoformat(found[1]))) + (found[2] or "").replace("T", " ")
        except ValueError:
            return text
    if found := _NUMBER.fullmatch(text):
        point, group = formats.get_format("DECIMAL_SEPARATOR"), formats.get_format("THOUSAND_SEPARATOR")
        return found[1].translate({ord("."): str(point), ord(","): str(group)}) + (found[2] or "")
    return text


def _holes(pattern: str) -> Iterator[tuple[str, str]]:
    return ((name, spec or "") for _, name, spec, _ in Formatter().parse(pattern) if name)


@lru_cache(maxsize=4096)
def _retold(text: str, language: str, depth: int) -> str:
    small = text[:1].lower() + text[1:]  # a part of a sentence that was made one of its own
    for pattern, told in _patterns(language):
        as_it_is = pattern.fullmatch(text)
        if found := as_it_is or pattern.fullmatch(small):
            values = {name: _value(name, value, language, depth) for name, value in found.groupdict().items()}
            sentence = told.format(**values)
            return sentence if as_it_is else sentence[:1].upper() + sentence[1:]
    return text


def _value(name: str, text: str, language: str, depth: int) -> str:
    """A value out of a stored sentence: countries, another sentence, a number, a date, one of the house's own words, or a name,
    which stays."""
    if name == _COUNTRIES:
        return countries_in(text, language)
    figures = in_figures(text)
    if figures == text and name.endswith(_OURS):
        return word(text)
    if figures == text and name in _OWN_WORDS and (told := _own_word(text)):
        return told
    return figures if figures != text or not depth else _retold(text, language, depth - 1)


def _own_word(text: str) -> str:
    """A fixed text in the reader's language, also where it stands at a sentence's beginning; empty where there is none."""
    small = text[:1].lower() + text[1:]
    if (told := translation.gettext(text)) != text:
        return told
    told = translation.gettext(small)
    return "" if told == small else told[:1].upper() + told[1:] if small != text else told


@lru_cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Every sentence with values of a language's catalogue, the most telling first."""
    catalogue = vars(trans_real.translation(language))["_catalog"]  # Django offers no list of its texts
    known = [(key, told) for key, told in catalogue.items() if isinstance(key, str) and _HOLE.search(key)]
    known = [(key, told) for key, told in known if len(_HOLE.sub("", key)) >= _TELLING]
    known.sort(key=lambda pair: len(_HOLE.sub("", pair[0])), reverse=True)
    return [(_as_expression(key), _HOLE.sub(r"{\1}", told)) for key, told in known]


def _as_expression(key: str) -> re.Pattern[str]:
    parts = _HOLE.split(key)
    named: set[str] = set()
    expression = re.escape(parts[0])
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        expression += f"(?P={name})" if name in named else f"(?P<{name}>{_ONLY.get(name, '.+?')})"
        expression += re.escape(literal)
        named.add(name)
    return re.compile(expression, re.DOTALL)
