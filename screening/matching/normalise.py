"""Names as the engine compares them: plain Latin words without titles and legal forms."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.folding import fold
from screening.matching.phonetics import consonants, has_vowel, shape, skeleton
from screening.matching.words import LAST_FORMS, LEADING_TITLES, LEGAL_FORMS, PARTICLES, TITLES

__all__ = ["fold", "is_particle", "skeleton", "tokens_of", "words_of"]
_BREAK = re.compile(r"[^a-z0-9]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_HONOURS = frozenset({"he", "hh", "hrh", "hm", "hbm"})  # H.E., H.H.: only with dots are they no names
_JOINED = str.maketrans("", "", "'`’ʼ\"")
_LEAST_BEFORE_FORM = 2
_LONG_FORMS = ("limited", "incorporated", "corporation", "company")
_FORMS_WITHOUT_VOWELS = frozenset(map(consonants, _LONG_FORMS)) | {"cmpny"}
_BARE, _LONG_TITLE = 4, 6
_BARE_FORMS = ("ojsc", "pjsc", "cjsc", "dmcc", "gmbh")
_SHORTEST_TITLE = 5
_LONG_TITLES = ("hajji", "sheikh", "shaykh")
_LONG_LEADING_TITLES = tuple(title for title in LEADING_TITLES if len(title) >= _LONG_TITLE)
_SHAPES_OF_FORMS = frozenset(shape(form) for form in LEGAL_FORMS if len(form) > _BARE)
_MISREAD = frozenset({"ltcl", "itd", "lfd", "1td", "iic"})
_LONG_FORM = 6
_LONGEST_FORMS = ("limited", "incorporated", "corporation")  # not company: Campana is a surname
_GLUED_FORM = re.compile(r"(.*?)(limited|liability|company|corporation|incorporated)(.*)")
_SHORTEST_MISSPELT, _SHORTEST_GLUED, _SHORTEST_CUT = 4, 9, 3


@lru_cache(maxsize=16384)
def tokens_of(name: str) -> tuple[str, ...]:
    """The comparable words of a name in their order; titles and legal forms go, unless nothing else would be left."""
    words = words_of(name)
    kept = [word for word in words if not _is_title(word) and not is_form(word)]
    while len(kept) > 1 and _is_leading_title(kept[0]):
        del kept[0]
    while len(kept) > _LEAST_BEFORE_FORM and kept[-1] in LAST_FORMS:
        kept.pop()
    return tuple(kept) or words


def words_of(name: str) -> tuple[str, ...]:
    """Every word of a name, folded. `S.A.` is one word where it is a legal form, initials are words of their own."""
    text = fold(name).translate(_JOINED)
    if "." in text:
        text = _DOTTED.sub(_undotted, text)
    return tuple(part for word in _BREAK.split(text) if word for part in _unglued(word))


@lru_cache(maxsize=65536)
def is_form(word: str) -> bool:
    """True for a legal form, also a misspelt long one: such a word must not count as a name of its own."""
    if word in LEGAL_FORMS or word in _MISREAD:
        return True
    if len(word) < _SHORTEST_MISSPELT:
        return False
    if shape(word) in _SHAPES_OF_FORMS or (abs(len(word) - _BARE) <= 1 and _is_near(word, _BARE_FORMS)):
        return True
    if not has_vowel(word):
        return word in _FORMS_WITHOUT_VOWELS
    return _is_near(word, _LONG_FORMS) or (len(word) >= _LONG_FORM and _is_near(word, _LONGEST_FORMS, 2))


@lru_cache(maxsize=65536)
def _is_title(word: str) -> bool:
    return word in TITLES or (len(word) >= _SHORTEST_TITLE and _is_near(word, _LONG_TITLES))


def _is_near(word: str, others: tuple[str, ...], errors: int = 1) -> bool:
    return any(
        abs(len(word) - len(other)) <= errors and OSA.distance(word, other, score_cutoff=errors) <= errors
        for other in others
    )


def _is_leading_title(word: str) -> bool:
    if word in LEADING_TITLES:
        return True
    return len(word) >= _LONG_TITLE and _is_near(word, _LONG_LEADING_TITLES)


def is_cut_form(word: str) -> bool:
    """True for the beginning of a long legal form, left by a field that was too short."""
    return len(word) >= _SHORTEST_CUT and any(form.startswith(word) for form in _LONG_FORMS)


def _unglued(word: str) -> tuple[str, ...]:
    """A word without the long legal form that was glued to it, and that form."""
    found = _GLUED_FORM.fullmatch(word) if len(word) > _SHORTEST_GLUED else None
    return tuple(part for part in found.groups() if part) if found else (word,)


def is_particle(token: str) -> bool:
    """True for words that names gain and lose without meaning: al, bin, von, de."""
    return token in PARTICLES


def _undotted(found: re.Match[str]) -> str:
    glued = found.group().replace(".", "")
    if glued in _HONOURS:
        return " "
    return f"{glued} " if glued in LEGAL_FORMS or glued in LAST_FORMS else found.group().replace(".", " ")
