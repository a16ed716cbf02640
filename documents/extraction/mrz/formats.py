"""The formats of zones: five of ICAO Doc 9303 (parts 4 to 7), and the French identity card issued until 2021."""

import re
from dataclasses import dataclass

_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True)
class Span:
    """Characters `start:end` of line `line` (both from 0)."""

    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, ...] | list[str]) -> str:
        """The characters in `lines`."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True)
class Format:
    """`checks` are name → (spans the digit is made of, the digit); `digits` hold only digits and fillers."""

    name: str
    lines: int
    width: int
    fields: dict[str, Span]
    checks: dict[str, tuple[tuple[Span, ...], Span]]
    digits: tuple[Span, ...]
    optional: Span


_SECOND_LINE_DIGITS: tuple[Span, ...] = (Span(1, 9, 10), Span(1, 13, 20), Span(1, 21, 28))


def _td3(name: str, *, composite: bool) -> Format:
    checks = _second_line_checks()
    digits = _SECOND_LINE_DIGITS
    if composite:
        checks["personal_number"] = ((Span(1, 28, 42),), Span(1, 42, 43))
        checks["composite"] = ((Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43)), Span(1, 43, 44))
        digits += (Span(1, 42, 44),)
    return Format(name, 2, 44, _two_line_fields(44), checks, digits, Span(1, 28, 42 if composite else 44))


def _td2(name: str, *, composite: bool) -> Format:
    checks = _second_line_checks()
    digits = _SECOND_LINE_DIGITS
    if composite:
        checks["composite"] = ((Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)), Span(1, 35, 36))
        digits += (Span(1, 35, 36),)
    return Format(name, 2, 36, _two_line_fields(36), checks, digits, Span(1, 28, 35 if composite else 36))


def _two_line_fields(width: int) -> dict[str, Span]:
    return {
        "names": Span(0, 5, width), "issuing_state": Span(0, 2, 5), "document_number": Span(1, 0, 9),
        "nationality": Span(1, 10, 13), "date_of_birth": Span(1, 13, 19), "sex": Span(1, 20, 21),
        "date_of_expiry": Span(1, 21, 27),
    }  # fmt: skip


def _second_line_checks() -> dict[str, tuple[tuple[Span, ...], Span]]:
    return {
        "document_number": ((Span(1, 0, 9),), Span(1, 9, 10)),
        "date_of_birth": ((Span(1, 13, 19),), Span(1, 19, 20)),
        "date_of_expiry": ((Span(1, 21, 27),), Span(1, 27, 28)),
    }


def _td1() -> Format:
    fields = {
        "names": Span(2, 0, 30), "issuing_state": Span(0, 2, 5), "document_number": Span(0, 5, 14),
        "nationality": Span(1, 15, 18), "date_of_birth": Span(1, 0, 6), "sex": Span(1, 7, 8),
        "date_of_expiry": Span(1, 8, 14),
    }  # fmt: skip
    checks = {
        "document_number": ((Span(0, 5, 14),), Span(0, 14, 15)),
        "date_of_birth": ((Span(1, 0, 6),), Span(1, 6, 7)),
        "date_of_expiry": ((Span(1, 8, 14),), Span(1, 14, 15)),
        "composite": ((Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)), Span(1, 29, 30)),
    }
    digits = (Span(0, 14, 15), Span(1, 0, 7), Span(1, 8, 15), Span(1, 29, 30))
    return Format("TD1", 3, 30, fields, checks, digits, Span(0, 15, 30))


def _french() -> Format:
    """Two lines of 36 with a number of twelve characters and no date of expiry (French order of 1 September 2001)."""
    fields = {
        "names": Span(0, 5, 30), "given_names": Span(1, 13, 27), "issuing_state": Span(0, 2, 5),
        "document_number": Span(1, 0, 12), "date_of_birth": Span(1, 27, 33), "sex": Span(1, 34, 35),
    }  # fmt: skip
    checks = {
        "document_number": ((Span(1, 0, 12),), Span(1, 12, 13)),
        "date_of_birth": ((Span(1, 27, 33),), Span(1, 33, 34)),
        "composite": ((Span(0, 0, 36), Span(1, 0, 35)), Span(1, 35, 36)),
    }
    digits = (Span(1, 0, 4), Span(1, 7, 13), Span(1, 27, 34), Span(1, 35, 36))
    return Format("FRA-ID", 2, 36, fields, checks, digits, Span(0, 30, 36))


TD1, TD2, TD3 = _td1(), _td2("TD2", composite=True), _td3("TD3", composite=True)
MRV_A, MRV_B = _td3("MRV-A", composite=False), _td2("MRV-B", composite=False)
FRA_ID = _french()
FORMATS = {shape.name: shape for shape in (TD1, TD2, TD3, MRV_A, MRV_B, FRA_ID)}
_FRENCH = re.compile(r"[I1]DFRA[A-Z0-9<]{25}")
_FRENCH_NUMBER = re.compile(r"[0-9OQDIZSBG]{4}[A-Z0-9]{3}[0-9OQDIZSBG]{6}[A-Z]")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
DIGITS = frozenset("0123456789<")
ANY = LETTERS | DIGITS
_SEX = frozenset("MFX<")


def check_digit(text: str) -> str:
    """The check digit of `text` (ICAO 9303-3, 4.9): weights 7, 3, 1; digits as they are, letters from 10, filler 0."""
    return str(sum(_value(char) * _WEIGHTS[index % 3] for index, char in enumerate(text)) % 10)


def format_of(lines: tuple[str, ...] | list[str]) -> Format | None:
    """The format that the number of lines, their width and the first letter say; None where none fits."""
    if len(lines) == TD1.lines:
        return TD1
    if len(lines) != TD2.lines:
        return None
    if _FRENCH.match(lines[0]) and _FRENCH_NUMBER.match(lines[1]):
        return FRA_ID
    visa = lines[0].startswith("V")
    if max(len(line) for line in lines) > (TD2.width + TD3.width) // 2:
        return MRV_A if visa else TD3
    return MRV_B if visa else TD2


def classes_of(shape: Format) -> list[list[frozenset[str]]]:
    """For every place of every line, the characters that may stand there."""
    grid = [[ANY] * shape.width for _ in range(shape.lines)]
    for span in shape.digits:
        for place in range(span.start, span.end):
            grid[span.line][place] = DIGITS
    for name in {"names", "given_names", "issuing_state", "nationality", "sex"} & set(shape.fields):
        letters = shape.fields[name]
        for place in range(letters.start, letters.end):
            grid[letters.line][place] = _SEX if name == "sex" else LETTERS
    grid[0][0], grid[0][1] = LETTERS, LETTERS | {"1", "2"}
    return grid


def long_number(lines: tuple[str, ...] | list[str], shape: Format) -> tuple[str, str] | None:
    """(number, its check digit) where the number runs on into the optional field (ICAO 9303-5, 4.2.2.1, note j).

    There the place of the check digit holds a filler, and the rest of the number, its digit and a filler follow.
    None where the number fits its own field; only TD1 and TD2 may run on.
    """
    digit = shape.checks["document_number"][1]
    if shape.name not in {"TD1", "TD2"} or digit.of(lines) != "<":
        return None
    rest = shape.optional.of(lines).partition("<")[0]
    start = shape.fields["document_number"].of(lines)
    return (start + rest[:-1], rest[-1]) if len(rest) > 1 and "<" not in start else None


def _value(char: str) -> int:
    return 0 if char == "<" else int(char, 36)
