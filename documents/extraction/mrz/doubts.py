"""What a zone does not say with certainty: readings that differ, look-alikes, and what check digits cannot tell."""

import re
from collections.abc import Iterable
from dataclasses import replace

from documents.extraction.mrz.formats import FORMATS, Format, check_digit
from documents.extraction.shapes import MrzReading

_LOOK_ALIKES = {
    "0": "ODQ", "O": "0DQ", "D": "0OQ", "Q": "0OD", "1": "I", "I": "1", "2": "Z", "Z": "2", "5": "S", "S": "5", "6": "G",
    "G": "6", "8": "B", "B": "8",
}  # fmt: skip
# The digits count modulo 10 and letters from A = 10, so G counts as 6 and S as 8: taking one for the other goes unseen.
_BLIND = {"6": "G", "G": "6", "8": "S", "S": "8"}


def agreed(best: MrzReading, others: Iterable[MrzReading]) -> MrzReading:
    """`best` with the checks that fail for want of a sure reading marked as unclear.

    A digit is called printed wrong only where another reading at another scale or cut saw the same characters and no
    pair of look-alikes among them explains the failure; otherwise it could not be read, and nothing is said about the
    document.
    """
    shape = FORMATS[best.format]
    same = [zone for zone in others if zone.format == best.format]
    failing = [name for name, fits in best.checks.items() if not fits]
    unclear = [
        name
        for name in failing
        if not any(_seen(zone, name, shape) == _seen(best, name, shape) for zone in same)
        or _look_alikes_explain(best, name, shape)
    ]
    if "composite" in failing and any(name != "composite" for name in unclear):
        unclear = list(dict.fromkeys([*unclear, "composite"]))
    return replace(best, unclear=tuple(unclear))


def _look_alikes_explain(zone: MrzReading, check: str, shape: Format) -> bool:
    """Whether one character read as its look-alike would make the digit fit; dates hold digits, which have none."""
    if check.startswith("date_"):
        return False
    parts, digit = shape.checks[check]
    body = "".join(part.of(zone.lines) for part in parts)
    swapped = (
        body[:index] + other + body[index + 1 :]
        for index, char in enumerate(body)
        for other in _LOOK_ALIKES.get(char, "")
    )
    return any(check_digit(text) == digit.of(zone.lines) for text in swapped)


def _seen(zone: MrzReading, check: str, shape: Format) -> str:
    parts, digit = shape.checks[check]
    return "".join(span.of(zone.lines) for span in (*parts, digit))


def witnessed(zone: MrzReading, text: str) -> MrzReading:
    """`zone` with its number marked as unclear where it could be another one and the page's `text` does not bear it out.

    Nothing is corrected. Unclear is a number with a G that stands nowhere else on the page, or one that stands there
    with the other character of a blind pair; and a name with a digit in it. A doubt that the page's text clears is gone.
    """
    if any(char.isdigit() for char in FORMATS[zone.format].fields["names"].of(zone.lines)):
        return replace(zone, unclear=(*zone.unclear, "names"))
    number = FORMATS[zone.format].fields["document_number"].of(zone.lines).strip("<")
    page = squeezed(text)
    if number in page:
        zone = replace(
            zone, unclear=tuple(name for name in zone.unclear if name != "document_number" or not zone.checks[name])
        )
    if "names" in zone.unclear and bears_out(names_of(zone), text):
        zone = replace(zone, unclear=tuple(name for name in zone.unclear if name != "names"))
    if not zone.valid or number in page:
        return zone
    others = (
        number[:index] + _BLIND[char] + number[index + 1 :] for index, char in enumerate(number) if char in _BLIND
    )
    if ("G" in number and zone.read_by != "lines") or any(other in page for other in others):
        return replace(zone, unclear=(*zone.unclear, "document_number"))
    return zone


def names_of(zone: MrzReading) -> str:
    """The names of the zone with blanks for fillers."""
    fields = FORMATS[zone.format].fields
    parts = [fields[name].of(zone.lines) for name in ("names", "given_names") if name in fields]
    return " ".join(" ".join(parts).replace("<", " ").split())


def bears_out(name: str, text: str) -> bool:
    """Whether every word of `name` stands in the page's text."""
    words = set(re.findall(r"[^\W\d_]+", text.upper()))
    return bool(name) and all(word in words for word in name.split())


def squeezed(text: str) -> str:
    """Letters and digits alone, in capitals: numbers are printed in groups."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())
