"""Looking for a machine-readable zone on a level page: lines that may be one are cut out and read, the likeliest first."""

from dataclasses import replace

import numpy as np

from documents.extraction.imaging.bands import Band, cut_out, zone_bands
from documents.extraction.imaging.marks import Grey
from documents.extraction.mrz import assembled
from documents.extraction.ocr.lines import ZONE_ALPHABET, LineReader
from documents.extraction.shapes import MrzReading

_GROUPS = 3
_INNER = 8  # rows of a cut line above and below which nothing of it stands
_OTHER_SIZES = (26, 44)


def zone_on(grey: Grey, page: int, reader: LineReader) -> tuple[MrzReading, bool] | None:
    """The zone on a level page, and whether the page must be stood on its feet for it; None where there is none.

    Where digits fail, the lines are cut out at other sizes and read again; the reading of which most digits fit is
    given, and a digit is called printed wrong only where two readings agree on it.
    """
    upright = _best(grey, page, reader)
    if upright is not None and upright[0].valid:
        return upright[0], False
    over = _best(np.ascontiguousarray(np.rot90(grey, 2)), page, reader)
    found = [(*pair, flipped) for pair, flipped in ((upright, False), (over, True)) if pair is not None]
    if not found:
        return None
    zone, group, flipped = max(found, key=lambda item: _fitting(item[0]))
    if not zone.valid:
        zone = _again(np.rot90(grey, 2) if flipped else grey, group, zone, reader)
    return zone, flipped


def _fitting(zone: MrzReading) -> tuple[bool, float]:
    return zone.valid, sum(zone.checks.values()) / len(zone.checks)


def _best(grey: Grey, page: int, reader: LineReader) -> tuple[MrzReading, tuple[Band, ...]] | None:
    found = []
    for group in zone_bands(grey)[:_GROUPS]:
        read = _read(grey, group, page, reader)
        if read is not None:
            found.append(read)
            if read[0].valid:
                break
    return max(found, key=lambda pair: _fitting(pair[0]), default=None)


def _read(
    grey: Grey, group: tuple[Band, ...], page: int, reader: LineReader, character: int = 34
) -> tuple[MrzReading, tuple[Band, ...]] | None:
    """The zone in a group of lines; of three that are no card's, two may be a passport's with a line of print beside."""
    picture, rows = cut_out(grey, group, character=character)
    lines = [reader.read(picture[top + _INNER : bottom - _INNER], ZONE_ALPHABET) for top, bottom in rows]
    for first, last in ((0, len(lines)), (1, 3), (0, 2)) if len(lines) > 2 else ((0, 2),):  # noqa: PLR2004 - three lines
        boxes = tuple(band.box for band in group[first:last])
        zone = assembled(lines[first:last], page, boxes)
        if zone is not None:
            return zone, group[first:last]
    return None


def _again(grey: Grey, group: tuple[Band, ...], zone: MrzReading, reader: LineReader) -> MrzReading:
    """A second and a third look at a zone that does not hold."""
    best, seen = zone, [zone]
    for size in _OTHER_SIZES:
        read = _read(grey, group, zone.page, reader, size)
        if read is None:
            continue
        if read[0].valid:
            return read[0]
        seen.append(read[0])
        best = max(best, read[0], key=_fitting)
    if best.repaired:
        return best
    alike = [other for other in seen if other is not best and other.lines == best.lines]
    if not alike:  # no two readings agree, so nothing can be said against the document
        failing = tuple(name for name, fits in best.checks.items() if not fits)
        return replace(best, unclear=tuple(dict.fromkeys((*best.unclear, *failing))))
    return best
