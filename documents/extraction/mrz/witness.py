"""A second witness for what check digits cannot tell: the same page as the general model read it."""

import re
from dataclasses import replace

from documents.extraction.mrz.formats import FORMATS
from documents.extraction.shapes import MrzReading

# The digits count modulo 10 and letters from A = 10, so G counts as 6 and S as 8: taking one for the other goes unseen.
_BLIND = {"6": "G", "G": "6", "8": "S", "S": "8"}


def witnessed(zone: MrzReading, text: str) -> MrzReading:
    """`zone` with its number marked as unclear where it could be another one and the page's `text` does not bear it out.

    Nothing is corrected. Unclear is a number with a G that stands nowhere else on the page, or one that stands there
    with the other character of a blind pair; and a name with a digit in it.
    """
    if any(char.isdigit() for char in FORMATS[zone.format].fields["names"].of(zone.lines)):
        return replace(zone, unclear=(*zone.unclear, "names"))
    number = FORMATS[zone.format].fields["document_number"].of(zone.lines).strip("<")
    page = squeezed(text)
    if not zone.valid or number in page:
        return zone
    others = (
        number[:index] + _BLIND[char] + number[index + 1 :] for index, char in enumerate(number) if char in _BLIND
    )
    if "G" in number or any(other in page for other in others):
        return replace(zone, unclear=(*zone.unclear, "document_number"))
    return zone


def bears_out(name: str, text: str) -> bool:
    """Whether every word of `name` stands in the page's text."""
    words = set(re.findall(r"[^\W\d_]+", text.upper()))
    return bool(name) and all(word in words for word in name.split())


def squeezed(text: str) -> str:
    """Letters and digits alone, in capitals: numbers are printed in groups."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())
