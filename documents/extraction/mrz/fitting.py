"""Bringing a line that was read to the width of its format: one character too many or too few, nothing invented but fillers."""

from collections.abc import Iterator
from dataclasses import replace

from documents.extraction.glyphs import Glyph

Line = tuple[Glyph, ...]
FILLER = Glyph("<", 1.0)
_MOST_EXTRA, _MOST_MISSING = 6, 12
_EDGE = 3  # marks beside the zone that can be taken for characters: the card's edge, a shadow
_RUN = 2
_TWINS = {"0": "ODQ", "O": "0", "1": "I", "I": "1", "D": "0", "Q": "0", "2": "Z", "Z": "2", "5": "S", "S": "5", "8": "B", "B": "8",
          "6": "G", "G": "6", "4": "A", "A": "4"}  # fmt: skip
_ONE_SHAPE = frozenset({"0O", "O0", "1I", "I1"})  # drawn alike in most types, so the place decides
_SAME, _ALIKE = 0.95, 0.7


def fittings(line: Line, width: int, allowed: list[frozenset[str]]) -> list[tuple[Line, float]]:
    """Ways to see `line` as `width` characters, each with the probability lost; the likeliest first, at most six."""
    ways = [tuple(_placed(glyphs, allowed)) for glyphs in _cut(line, width)]
    scored = [(way, sum(1 - glyph.sure for glyph in way)) for way in ways]
    return sorted(scored, key=lambda item: item[1])[:6]


def _cut(line: Line, width: int) -> Iterator[Line]:
    extra = len(line) - width
    if extra == 0:
        yield line
    elif 0 < extra <= _MOST_EXTRA:
        for left in range(min(extra, _EDGE) + 1):
            if extra - left <= _EDGE:
                yield line[left : len(line) - (extra - left)]
        yield from _shortened(line, extra)
        for left in (1, 2):
            if extra > left:
                yield from _shortened(line[left:], extra - left)
        if extra > 1:
            yield from _shortened(line[:-1], extra - 1)
    elif -_MOST_MISSING <= extra < 0:
        yield from _lengthened(line, -extra)


def _runs(line: Line) -> list[tuple[int, int]]:
    """Where fillers stand side by side, the longest run first."""
    runs, start = [], 0
    text = "".join(glyph.char for glyph in line) + "|"
    for place, char in enumerate(text):
        if char != "<":
            if place - start >= _RUN:
                runs.append((start, place))
            start = place + 1
    return sorted(runs, key=lambda run: run[1] - run[0], reverse=True)


def _shortened(line: Line, extra: int) -> Iterator[Line]:
    for start, end in _runs(line)[:2]:
        if end - start - extra >= _RUN:
            yield line[:start] + line[start + extra :]


def _lengthened(line: Line, missing: int) -> Iterator[Line]:
    runs = _runs(line)[:3]
    for start, _ in runs:
        yield line[:start] + (FILLER,) * missing + line[start:]
    if not runs or line[-1].char == "<":
        yield line + (FILLER,) * missing


def _placed(line: Line, allowed: list[frozenset[str]]) -> Iterator[Glyph]:
    """Each character as the likeliest of those that may stand at its place."""
    for glyph, may in zip(line, allowed, strict=True):
        yield _with_twins(glyph, may) if glyph.char in may else _instead(glyph, may)


def _with_twins(glyph: Glyph, may: frozenset[str]) -> Glyph:
    """What was given to a twin in shape that cannot stand here belongs to this character."""
    twins = [sure for char, sure in glyph.others if glyph.char + char in _ONE_SHAPE and char not in may]
    return replace(glyph, sure=min(1.0, glyph.sure + sum(twins))) if twins else glyph


def _instead(glyph: Glyph, may: frozenset[str]) -> Glyph:
    """What a place makes of a character that cannot stand there: its twin in shape, or its likeliest rival."""
    twin = next((char for char in _TWINS.get(glyph.char, "") if char in may), "")
    if twin:
        return replace(glyph, char=twin, sure=glyph.sure * (_SAME if glyph.char + twin in _ONE_SHAPE else _ALIKE))
    char, sure = glyph.of(may)
    return replace(glyph, char=char, sure=sure if char in may else 0.0)
