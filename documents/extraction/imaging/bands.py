"""Where the lines of a machine-readable zone may lie on a level page, and their pictures cut out straight and clean."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.extraction.imaging.marks import Grey, Marks, marks_on
from documents.extraction.shapes import Box

_REACH = 1.1  # heights of a mark to either side: characters of a zone stand closer than that
_CORE = 0.5  # share of a mark's height that joins it to its neighbours, so that lines do not join
_LEAST_MARKS, _LEAST_SLENDER = 11, 11
_LIKE_HEIGHT, _LEAST_GAP, _MOST_GAP = 1.6, 1.05, 3.6
_LEAST_OVERLAP = 0.55
_STRIP, _CHARACTER = 64, 34  # pixels of a cut line, and of a capital in it
_MARGIN = 40


@dataclass(frozen=True)
class Band:
    """A line of characters: its middle runs from `start` to `end` (x, y), `height` is that of a capital; page pixels."""

    start: tuple[float, float]
    end: tuple[float, float]
    height: float
    marks: int

    @property
    def box(self) -> Box:
        """The upright box around the line."""
        half = self.height * 0.75
        top, bottom = min(self.start[1], self.end[1]) - half, max(self.start[1], self.end[1]) + half
        return int(self.start[0]), int(top), int(self.end[0]), int(bottom)

    @property
    def width(self) -> float:
        """From the first character's middle to the last one's."""
        return self.end[0] - self.start[0]

    @property
    def middle(self) -> float:
        """Height of the line's middle on the page."""
        return (self.start[1] + self.end[1]) / 2


def zone_bands(grey: Grey) -> list[tuple[Band, ...]]:
    """Groups of two or three lines that may be a zone, the likeliest first: long, dense and low on the page."""
    bands = sorted(_bands(marks_on(grey)), key=lambda band: band.middle)
    groups = [(one, other) for one in bands for other in bands if _follows(one, other)]
    threes = [(*pair, third) for pair in groups for third in bands if _follows(pair[1], third)]
    whole = {band for three in threes for band in three}
    found: list[tuple[Band, ...]] = [*threes, *(pair for pair in groups if not set(pair) <= whole)]
    return sorted(found, key=lambda group: _likelihood(group, grey.shape[0]), reverse=True)


def _likelihood(group: tuple[Band, ...], page_height: int) -> float:
    """Many characters on lines of one length; of two such groups the lower one."""
    widths = [band.width for band in group]
    evenness = min(widths) / max(widths)
    return sum(band.marks for band in group) / len(group) * evenness * (0.6 + group[-1].middle / page_height)


def _bands(marks: Marks) -> list[Band]:
    """Marks chained into lines by drawing each of them wider and lower and looking at what touches."""
    if not len(marks.boxes):
        return []
    boxes = marks.boxes * marks.scale
    size = (int(boxes[:, 1].max() + boxes[:, 3].max()) + 2, int(boxes[:, 0].max() + boxes[:, 2].max()) + 200)
    canvas = np.zeros(size, dtype=np.uint8)
    upright = boxes[boxes[:, 2] <= 3 * boxes[:, 3]]
    for left, top, width, height in upright:
        reach, core = _REACH * height, max(1.0, _CORE * height)
        middle = top + height / 2
        corner = (int(max(0, left - reach)), int(middle - core / 2))
        cv2.rectangle(canvas, corner, (int(left + width + reach), int(middle + core / 2)), 255, -1)
    _, labels = cv2.connectedComponents(canvas)
    middles = (upright[:, :2] + upright[:, 2:] / 2).astype(int)
    own = labels[middles[:, 1], middles[:, 0]]
    lines = (upright[own == label] for label in np.unique(own) if label)
    return [band for line in lines if len(line) >= _LEAST_MARKS and (band := _band(line, marks.scale)) is not None]


def _band(line: NDArray[np.float32], scale: float) -> Band | None:
    """The straight line through the marks' middles, those far off it left out; None where it is too short for a zone."""
    height = float(np.percentile(line[:, 3], 75))
    x, y = line[:, 0] + line[:, 2] / 2, line[:, 1] + line[:, 3] / 2
    for _ in range(3):
        slope, offset = np.polyfit(x, y, 1)
        near = np.abs(y - (slope * x + offset)) < 0.6 * height
        if near.all() or near.sum() < _LEAST_MARKS:
            break
        line, x, y = line[near], x[near], y[near]
    left, right = float(line[:, 0].min()), float((line[:, 0] + line[:, 2]).max())
    if right - left < _LEAST_SLENDER * height or len(line) < _LEAST_MARKS:
        return None
    ends = [(edge / scale, (slope * edge + offset) / scale) for edge in (left, right)]
    return Band(ends[0], ends[1], height / scale, len(line))


def _follows(one: Band, other: Band) -> bool:
    """Whether `other` is the next line of the same zone below `one`."""
    tallest, lowest = max(one.height, other.height), min(one.height, other.height)
    gap = other.middle - one.middle
    common = min(one.end[0], other.end[0]) - max(one.start[0], other.start[0])
    return (
        tallest <= _LIKE_HEIGHT * lowest
        and _LEAST_GAP * lowest <= gap <= _MOST_GAP * tallest
        and common >= _LEAST_OVERLAP * max(one.width, other.width)
    )


def cut_out(grey: Grey, group: tuple[Band, ...], *, character: int = _CHARACTER) -> tuple[Grey, list[tuple[int, int]]]:
    """One picture of the group's lines, level, on white, capitals `character` pixels high; and the rows each line takes."""
    height = max(band.height for band in group)
    left = min(band.start[0] for band in group) - 1.5 * height
    right = max(band.end[0] for band in group) + 1.5 * height
    strips = [_strip(grey, band, left, right, height, character) for band in group]
    width = max(strip.shape[1] for strip in strips) + 2 * _MARGIN
    rows, parts, at = [], [], _MARGIN
    gap = np.full((_MARGIN, width), 255, dtype=np.uint8)
    for strip in strips:
        wide = np.full((strip.shape[0], width), 255, dtype=np.uint8)
        wide[:, _MARGIN : _MARGIN + strip.shape[1]] = strip
        rows.append((at, at + strip.shape[0]))
        at += strip.shape[0] + _MARGIN
        parts += [gap, wide]
    return np.vstack([*parts, gap]), rows


def _strip(grey: Grey, band: Band, left: float, right: float, height: float, character: int) -> Grey:
    """One line turned level, its ground made even and white."""
    zoom = character / height
    strip = round(_STRIP * character / _CHARACTER)
    slope = (band.end[1] - band.start[1]) / max(band.width, 1)
    cosine = float(np.cos(np.arctan(slope)))
    sine = cosine * slope
    begin = band.start[1] + slope * (left - band.start[0])
    matrix = np.array([[cosine, sine, 0], [-sine, cosine, 0]], dtype=np.float64) * zoom
    matrix[:, 2] = -matrix[:, :2] @ np.array([left, begin]) + np.array([0, strip / 2])
    size = (max(1, int((right - left) / cosine * zoom)), strip)
    seen = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return evened(np.asarray(seen, dtype=np.uint8), character)


def evened(grey: Grey, character: int) -> Grey:
    """The picture with its ground divided out, so that light and tint do not count, and its ink made black."""
    side = 2 * character + 1
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((character // 2, character // 2), np.uint8)), (side, side), 0)
    even = cv2.divide(grey, ground, scale=255)
    dark = float(np.percentile(even, 2))
    stretched = (even.astype(np.float32) - dark) * (255 / max(255 - dark, 1))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)
