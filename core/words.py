"""Sentences with values that can still be said in another language. No Django here: engines and exceptions use it.

A sentence made with `said` is English text like any other: it is compared, stored, hashed and logged as such. Beside that
it remembers its pattern and its values, so that a page can say the pattern in the reader's language (`core.language.in_words`).
"""

from collections.abc import Mapping


class Said(str):
    """An English sentence that knows its `pattern` and its `values`."""

    __slots__ = ("pattern", "values")

    pattern: str
    values: Mapping[str, object]


def with_english(text: str, english: str) -> str:
    """The same sentence, whose English is written otherwise: small inside another one, or with a capital at its beginning."""
    sentence = Said(english)
    sentence.pattern, sentence.values = getattr(text, "pattern", text), getattr(text, "values", {})
    return sentence


def said(pattern: str, /, **values: object) -> str:
    """The pattern with its `{placeholders}` filled in. The collector of texts finds every first argument."""
    sentence = Said(pattern.format(**values))
    sentence.pattern, sentence.values = pattern, values
    return sentence
