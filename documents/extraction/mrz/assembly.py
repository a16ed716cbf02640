"""A zone out of lines whose characters come with rivals: the reading that its places and its check digits bear out."""

from dataclasses import replace
from itertools import product

from documents.extraction.glyphs import Glyph, text_of
from documents.extraction.mrz.fitting import Line, fittings
from documents.extraction.mrz.formats import (
    FRA_ID,
    MRV_A,
    MRV_B,
    TD1,
    TD2,
    TD3,
    Format,
    check_digit,
    classes_of,
    format_of,
)  # fmt: skip
from documents.extraction.mrz.reading import is_credible, outcomes_of
from documents.extraction.mrz.states import is_state
from documents.extraction.shapes import Box, MrzReading

_PAIRS = {TD3.width: (TD3, MRV_A), TD2.width: (TD2, MRV_B, FRA_ID)}
_NEAR = 12
_CLEAR = 0.9  # every character of a digit's field this sure, and the digit still wrong: it is printed so
_SURE_NAME, _SURE_NUMBER = 0.6, 0.7
_RIVAL = 0.02
_LEAST_MEAN = 0.6


def assembled(reads: list[Line], page: int, boxes: tuple[Box, ...] = ()) -> MrzReading | None:
    """The zone in two or three lines as read; None where they are of no format or no zone at all.

    Of the ways to bring lines to a format's width, the one with most check digits that fit; then a digit that fails is
    given one look at each rival character, and a zone for which one of them was taken says that it was repaired.
    """
    best: tuple[tuple[float, ...], Format, tuple[Line, ...]] | None = None
    for shape in _shapes_for(reads):
        allowed = classes_of(shape)
        ways = [fittings(line, shape.width, allowed[row]) for row, line in enumerate(reads)]
        for choice in product(*ways):
            lines = tuple(way for way, _ in choice)
            if format_of(_texts(lines)) is not shape:
                continue
            rank = _rank(lines, shape, sum(lost for _, lost in choice))
            if best is None or rank > best[0]:
                best = rank, shape, lines
    return _zone(best[2], best[1], page, boxes) if best else None


def _shapes_for(reads: list[Line]) -> list[Format]:
    longest = max(len(line) for line in reads)
    if len(reads) == TD1.lines:
        return [TD1] if abs(longest - TD1.width) <= _NEAR else []
    near = sorted(_PAIRS, key=lambda width: abs(width - longest))
    return [shape for width in near if abs(width - longest) <= _NEAR for shape in _PAIRS[width]]


def _rank(lines: tuple[Line, ...], shape: Format, lost: float) -> tuple[float, ...]:
    texts = _texts(lines)
    fitting = sum(outcomes_of(texts, shape).values()) / len(shape.checks)
    state = is_state(shape.fields["issuing_state"].of(texts))
    return (round(fitting, 2), float(state), -lost)


def _zone(lines: tuple[Line, ...], shape: Format, page: int, boxes: tuple[Box, ...]) -> MrzReading | None:
    kept, repaired = _repaired(lines, shape)
    texts = _texts(kept)
    zone = MrzReading(
        tuple(texts), shape.name, outcomes_of(texts, shape), repaired, page, _around(boxes),
        line_boxes=boxes if len(boxes) == shape.lines else (),
    )  # fmt: skip
    mean = sum(glyph.sure for line in kept for glyph in line) / (shape.lines * shape.width)
    if mean < _LEAST_MEAN or not is_credible(zone):
        return None
    return replace(zone, unclear=tuple(_unclear(zone, kept, shape)), read_by="lines")


def _repaired(lines: tuple[Line, ...], shape: Format) -> tuple[tuple[Line, ...], bool]:
    """The lines with one rival taken where that, and nothing else as likely, makes a failing digit and the composite fit."""
    failing = [name for name, fits in outcomes_of(_texts(lines), shape).items() if not fits and name != "composite"]
    failing = failing or [name for name, fits in outcomes_of(_texts(lines), shape).items() if not fits]
    repaired = False
    for name in failing:
        parts, digit = shape.checks[name]
        options: list[tuple[float, tuple[Line, ...]]] = []
        for span in (*parts, digit):
            for place in range(span.start, span.end):
                options += _swaps(lines, span.line, place, name, shape)
        options.sort(key=lambda item: item[0], reverse=True)
        if options and (len(options) == 1 or options[0][0] > 3 * options[1][0]):
            lines, repaired = options[0][1], True
    return lines, repaired


def _swaps(
    lines: tuple[Line, ...], row: int, place: int, check: str, shape: Format
) -> list[tuple[float, tuple[Line, ...]]]:
    glyph, allowed = lines[row][place], classes_of(shape)[row][place]
    found = []
    for char, sure in glyph.others:
        if sure < _RIVAL or char not in allowed or char == glyph.char:
            continue
        line = (*lines[row][:place], Glyph(char, sure, ((glyph.char, glyph.sure),)), *lines[row][place + 1 :])
        tried = (*lines[:row], line, *lines[row + 1 :])
        outcomes = outcomes_of(_texts(tried), shape)
        if outcomes[check] and outcomes.get("composite", True):
            found.append((sure / max(glyph.sure, 0.01), tried))
    return found


def _unclear(zone: MrzReading, lines: tuple[Line, ...], shape: Format) -> list[str]:
    """Checks that fail for want of a sure reading, and a name or number whose characters could be others unseen."""
    found = [
        name
        for name, fits in zone.checks.items()
        if not fits and min(glyph.sure for part in (*shape.checks[name][0], shape.checks[name][1])
                            for glyph in lines[part.line][part.start : part.end]) < _CLEAR
    ]  # fmt: skip
    for name in ("names", "given_names"):
        if name in shape.fields:
            span = shape.fields[name]
            if min(glyph.sure for glyph in lines[span.line][span.start : span.end]) < _SURE_NAME:
                found.append("names")
    span = shape.fields["document_number"]
    number = lines[span.line][span.start : span.end]
    if zone.checks["document_number"] and any(_could_be_another(glyph) for glyph in number):
        found.append("document_number")
    if zone.repaired and "composite" not in shape.checks:
        found.append("document_number")
    return list(dict.fromkeys(found))


def _could_be_another(glyph: Glyph) -> bool:
    """Whether a rival counts the same in a check digit, so that taking one for the other would go unseen."""
    same = [sure for char, sure in glyph.others if check_digit(char) == check_digit(glyph.char)]
    return glyph.sure < _SURE_NUMBER and bool(same) and max(same) > _RIVAL


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [text_of(line) for line in lines]


def _around(boxes: tuple[Box, ...]) -> Box | None:
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
