"""Whether an address of the form stands on a document, however it is broken into lines."""

from anyascii import anyascii
from rapidfuzz import fuzz, process

from documents.extraction.checks.shapes import DocumentFacts, Evidence, FormAddress

_SHARE_OF_WORDS = 0.6
_NEAR = 85
_LEAST_LETTERS = 3


def has_address(document: DocumentFacts, address: FormAddress) -> bool:
    """True where the postcode (or, without one, the city) and most words of the street are on the document.

    Numbers must be exact; words may differ by a slip of reading. Street or St, Straße or Str. do not count.
    """
    present = _words(document.text)
    joined = "".join(present)
    anchor = _joined(address.postcode) or _joined(address.city)
    if not anchor or anchor not in joined:
        return False
    wanted = _words(address.street)
    numbers = [word for word in wanted if any(char.isdigit() for char in word)]
    names = [word for word in wanted if word not in numbers and len(word) >= _LEAST_LETTERS]
    if any(number not in present for number in numbers):
        return False
    found = [name for name in names if process.extractOne(name, present, scorer=fuzz.ratio, score_cutoff=_NEAR)]
    return len(found) >= _SHARE_OF_WORDS * len(names) if len(names) > 1 else bool(found) or _begins(names, joined)


def address_places(document: DocumentFacts, address: FormAddress) -> tuple[Evidence, ...]:
    """Where the address's words stand."""
    wanted = {*_words(address.street), *_words(address.postcode), *_words(address.city)}
    return tuple(Evidence(page, word.box) for page, word in document.words() if wanted & set(_words(word.text)))


def _begins(names: list[str], joined: str) -> bool:
    """`Hauptstrasse` of the form as `Hauptstr.` on the document, or two words written as one."""
    return all(name[: max(_LEAST_LETTERS, len(name) * 2 // 3)] in joined for name in names)


def _words(text: str) -> list[str]:
    plain = anyascii(text).upper()
    return "".join(char if char.isalnum() else " " for char in plain).split()


def _joined(text: str) -> str:
    return "".join(_words(text))
