"""Machine-readable zones of fictional people, with digits that fit: ICAO 9303 parts 4 to 7, and the French card to 2021."""

from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

from documents.extraction.mrz import check_digit

FORMATS = ("TD3", "TD2", "TD1", "MRV-A", "MRV-B", "FRA-ID")


@dataclass(frozen=True)
class Bearer:
    """Whose document it is; `optional` is what the optional field holds."""

    surname: str
    given_names: str
    number: str
    birth: date
    expiry: date
    sex: str
    state: str
    nationality: str
    optional: str = ""


def zone_of(shape: str, code: str, bearer: Bearer) -> tuple[str, ...]:
    """The lines of the zone of format `shape` whose document code is `code` (two characters)."""
    if shape == "FRA-ID":
        return _french(bearer)
    birth, expiry = f"{bearer.birth:%y%m%d}", f"{bearer.expiry:%y%m%d}"
    number = _digited(bearer.number.ljust(9, "<"))
    dates = f"{_digited(birth)}{bearer.sex}{_digited(expiry)}"
    if shape == "TD1":
        first = f"{code}{bearer.state}{number}{bearer.optional}".ljust(30, "<")[:30]
        body = f"{dates}{bearer.nationality}".ljust(29, "<")
        composite = check_digit(first[5:30] + body[0:7] + body[8:15] + body[18:29])
        return first, body + composite, _names(bearer).ljust(30, "<")[:30]
    width = 44 if shape in {"TD3", "MRV-A"} else 36
    first = f"{code}{bearer.state}{_names(bearer)}".ljust(width, "<")[:width]
    second = f"{number}{bearer.nationality}{dates}{bearer.optional}"
    if shape.startswith("MRV"):
        return first, second.ljust(width, "<")[:width]
    if shape == "TD3":
        body = second[:28] + _digited(bearer.optional.ljust(14, "<"))
        return first, body + check_digit(body[:10] + body[13:20] + body[21:43])
    body = second.ljust(35, "<")[:35]
    return first, body + check_digit(body[:10] + body[13:20] + body[21:35])


def _french(bearer: Bearer) -> tuple[str, str]:
    """Two lines of 36 (arrêté du 1er septembre 2001): the number is year, month, department, counter."""
    surname, given = _plain(bearer.surname), _plain(bearer.given_names).replace("<", "<<")
    first = "IDFRA" + surname.ljust(25, "<")[:25] + "952042"
    second = _digited(bearer.number[:12]) + given.ljust(14, "<")[:14] + _digited(f"{bearer.birth:%y%m%d}") + bearer.sex
    return first, second + check_digit(first + second)


def french_number(bearer_seed: int) -> str:
    """A number of a French card: YYMM, department, five digits."""
    return f"{bearer_seed % 20:02}{bearer_seed % 12 + 1:02}{bearer_seed % 95 + 1:03}{bearer_seed % 99991:05}"


def _names(bearer: Bearer) -> str:
    return f"{_plain(bearer.surname)}<<{_plain(bearer.given_names)}"


def _plain(name: str) -> str:
    """A name in the letters of a zone: accents off, apostrophes left out, blanks and hyphens as fillers."""
    upper = anyascii(name).upper().replace("'", "").replace(".", "")
    return "".join(char if char.isalpha() else "<" for char in upper)


def _digited(text: str) -> str:
    return text + check_digit(text)
