"""From OCR lines to a zone: finding the lines, careful repair of what OCR confuses, the outcome of every check digit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.extraction.mrz.formats import FORMATS, TD1, TD3, Format, check_digit, format_of, long_number
from documents.extraction.shapes import Box, MrzReading

_TO_DIGIT = str.maketrans("OQDIZSBG", "00012586")
_TO_LETTER = str.maketrans("01258", "OIZSB")
_GUARDED = ("document_number", "date_of_birth", "date_of_expiry")
_CODES = "PVIAC"  # ICAO 9303: passports, visas, and identity documents of three letters
_MANY_DIGITS = 8
_END_OF_NAMES = "<<<"
_LONG_WORD = 18
_SHAPES = re.compile(r"^[PVIAC][A-Z<][A-Z]{3}[A-Z]{2,}<{1,2}[A-Z<]{5,}|[0-9OIZSB]{7}[MFX<][0-9OIZSB]{7}")
_NOT_IN_A_ZONE = re.compile(r"[^A-Z0-9<]")


@dataclass(frozen=True)
class ZoneLine:
    """A line of OCR text and where it stands on the page."""

    text: str
    box: Box | None = None


def best_zone(lines: Iterable[ZoneLine], page: int = 1) -> MrzReading | None:
    """The zone in a page's OCR lines with the most check digits that fit; None where nothing looks like one."""
    return max(zones_in(lines, page), key=lambda zone: (zone.valid, sum(zone.checks.values())), default=None)


def zones_in(lines: Iterable[ZoneLine], page: int = 1) -> list[MrzReading]:
    """Every group of neighbouring lines that can be a zone."""
    found = (read_zone([line.text for line in group], page, group) for group in _candidates(lines))
    return [zone for zone in found if zone is not None and is_credible(zone)]


def looks_like_zone(text: str) -> bool:
    """Whether a line read by the general model is likely to be one of a zone: fillers in a row, or one long word of
    letters and many digits, where other lines have blanks."""
    longest = max((_clean(word) for word in text.split()), key=len, default="")
    digits = sum(char.isdigit() for char in longest)
    return "<<" in text or (len(longest) >= _LONG_WORD and _MANY_DIGITS <= digits < len(longest))


def has_zone_shape(text: str) -> bool:
    """Whether a line begins as a zone does (code, state, name, filler) or has birth, sex and expiry as a zone has them."""
    return bool(_SHAPES.search(_clean(text)))


def read_zone(texts: list[str], page: int = 1, lines: list[ZoneLine] | None = None) -> MrzReading | None:
    """The zone in `texts` with every check digit's outcome; None where they are of no format."""
    cleaned = [_clean(text) for text in texts]
    shape = format_of(cleaned)
    if shape is None:
        return None
    fitted = [_fit(line, shape.width) for line in cleaned]
    ruled = _by_position(fitted, shape)
    boxes = tuple(line.box for line in lines if line.box is not None) if lines else ()
    return MrzReading(
        tuple(ruled), shape.name, outcomes_of(ruled, shape), ruled != fitted, page, _around(boxes),
        line_boxes=boxes if len(boxes) == shape.lines else (),
    )  # fmt: skip


def _candidates(lines: Iterable[ZoneLine]) -> list[list[ZoneLine]]:
    cleaned = [ZoneLine(_clean(line.text), line.box) for line in lines]
    likely = [line for line in cleaned if _looks_like_mrz(line.text)]
    threes = [likely[index : index + 3] for index in range(len(likely) - 2)]
    threes = [group for group in threes if all(len(line.text) <= TD1.width + 3 for line in group)]
    return threes + [likely[index : index + 2] for index in range(len(likely) - 1)]


def _clean(line: str) -> str:
    return _NOT_IN_A_ZONE.sub("", line.upper().replace("«", "<<").replace(" ", ""))


def _looks_like_mrz(line: str) -> bool:
    if not TD1.width - 3 <= len(line) <= TD3.width + 4:
        return False
    return "<" in line or sum(char.isdigit() for char in line) >= _MANY_DIGITS


def is_credible(zone: MrzReading) -> bool:
    """True for a zone, False for other text in capitals, or for a picture's noise.

    A zone has a document code, a name, and two of the three digits that guard number, birth and expiry fit; a date
    whose digit fits is a date.
    """
    shape = FORMATS[zone.format]
    guarded = [name for name in _GUARDED if name in shape.fields]
    fitting = [name for name in guarded if zone.checks[name] and shape.fields[name].of(zone.lines).strip("<")]
    dates = [shape.fields[name].of(zone.lines) for name in fitting if name != "document_number"]
    name = shape.fields["names"].of(zone.lines)
    return (
        zone.lines[0][0] in _CODES and ("<<" in name or "given_names" in shape.fields) and name[0] != "<"
        and len(fitting) > 1 and all(_is_date(text) for text in dates)
    )  # fmt: skip


def _is_date(text: str) -> bool:
    """YYMMDD; unknown months and days are fillers (ICAO 9303-3, 4.8)."""
    return bool(re.fullmatch(r"[0-9]{2}(?:0[1-9]|1[0-2]|<<)(?:0[1-9]|[12][0-9]|3[01]|<<)", text))


def _fit(line: str, width: int) -> str:
    """The line at the format's width: the last run of fillers is stretched or cut, nothing else is invented."""
    extra = len(line) - width
    runs = list(re.finditer("<{2,}", line))
    if runs and extra:
        start, end = runs[-1].span()
        return (line[:start] + "<" * max(2, end - start - extra) + line[end:])[:width].ljust(width, "<")
    return line[:width].ljust(width, "<")


def _by_position(lines: list[str], shape: Format) -> list[str]:
    """Letters where only digits can stand become digits, digits in names letters, what follows the names fillers."""
    grid = [list(line) for line in lines]
    for span in shape.digits:
        grid[span.line][span.start : span.end] = span.of(lines).translate(_TO_DIGIT)
    for name in {"names", "given_names", "issuing_state", "nationality"} & set(shape.fields):
        span = shape.fields[name]
        grid[span.line][span.start : span.end] = span.of(lines).translate(_TO_LETTER)
    names = shape.fields["names"]
    head, gap, _ = "".join(grid[names.line][names.start : names.end]).partition(_END_OF_NAMES)
    if gap:  # what follows three fillers is no name but their bad print (ICAO 9303-3, 4.6: a name has at most two)
        grid[names.line][names.start : names.end] = head.ljust(names.end - names.start, "<")
    return ["".join(row) for row in grid]


def outcomes_of(lines: list[str], shape: Format) -> dict[str, bool]:
    """Whether each check digit of the format fits."""
    outcomes = {name: _fits(lines, name, shape) for name in shape.checks}
    number = long_number(lines, shape)
    if number is not None:
        outcomes["document_number"] = check_digit(number[0]) == number[1]
    return outcomes


def _fits(lines: list[str], name: str, shape: Format) -> bool:
    parts, digit = shape.checks[name]
    body = "".join(part.of(lines) for part in parts)
    # A filler may stand for the digit of an empty personal number, and there alone (ICAO 9303-4, 4.2.2.2).
    unused = name == "personal_number" and digit.of(lines) == "<" and not body.strip("<")
    return unused or digit.of(lines) == check_digit(body)


def _around(boxes: tuple[Box, ...]) -> Box | None:
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
