"""The letters of a machine-readable zone as strokes, in the manner of OCR-B: no font file is needed to draw them.

Each glyph is polylines over a grid 4 wide and 6 high, `x.y` a point, blanks between points, `/` between lines.
"""

# ruff: noqa: E501 - a glyph a place
from PIL import ImageDraw

_GLYPHS = {
    "A": "06 20 46/0.7,4 3.3,4", "B": "00 06 2.8,6 3.8,5.3 3.8,3.8 2.8,3 0,3/00 2.6,0 3.5,0.6 3.5,2.2 2.6,3",
    "C": "4,0.8 3,0 1.3,0 0,1.5 0,4.5 1.3,6 3,6 4,5.2", "D": "00 06 2.2,6 4,4.5 4,1.5 2.2,0 0,0", "E": "40 00 06 46/0,3 3.2,3",
    "F": "40 00 06/0,3 3.2,3", "G": "4,0.8 3,0 1.3,0 0,1.5 0,4.5 1.3,6 3,6 4,5.2 4,3.2 2.4,3.2", "H": "00 06/40 46/03 43",
    "I": "0.6,0 3.4,0/20 26/0.6,6 3.4,6", "J": "1.5,0 3.4,0 3.4,4.8 2.6,6 1.2,6 0.2,5", "K": "00 06/40 0,3.4/1.4,2.2 46",
    "L": "00 06 46", "M": "06 00 23 40 46", "N": "06 00 46 40", "O": "1.4,0 2.6,0 4,1.6 4,4.4 2.6,6 1.4,6 0,4.4 0,1.6 1.4,0",
    "P": "06 00 2.8,0 3.9,0.8 3.9,2.4 2.8,3.3 0,3.3", "Q": "1.4,0 2.6,0 4,1.6 4,4.4 2.6,6 1.4,6 0,4.4 0,1.6 1.4,0/2.4,4.2 4.2,6.4",
    "R": "06 00 2.8,0 3.9,0.8 3.9,2.3 2.8,3.2 0,3.2/2,3.2 46", "S": "3.9,0.9 2.9,0 1.2,0 0.2,0.9 0.2,2.1 1.1,2.8 2.9,3.2 3.9,4 3.9,5.2 2.8,6 1.1,6 0,5.1",
    "T": "00 40/20 26", "U": "00 0,4.6 1.2,6 2.8,6 4,4.6 40", "V": "00 26 40", "W": "00 1,6 2,2.6 3,6 40", "X": "00 46/40 06",
    "Y": "00 2,3 40/23 26", "Z": "00 40 06 46", "<": "3.8,0.6 0.2,3 3.8,5.4",
    "0": "1.5,0 2.5,0 3.6,1.2 3.6,4.8 2.5,6 1.5,6 0.4,4.8 0.4,1.2 1.5,0", "1": "0.6,1.4 2.2,0 2.2,6/0.6,6 3.6,6",
    "2": "0.3,1 1.3,0 2.8,0 3.7,1 3.7,2.2 0.3,6 3.8,6", "3": "0.3,0 3.7,0 1.8,2.4 2.8,2.4 3.8,3.4 3.8,5 2.8,6 1.2,6 0.2,5.2",
    "4": "2,0 0.2,4.2 3.9,4.2/3,2.8 3,6", "5": "3.6,0 0.7,0 0.5,2.6 2.6,2.4 3.8,3.4 3.8,5 2.7,6 1.1,6 0.2,5.2",
    "6": "2.9,0 0.8,2.4 0.2,4 0.8,5.5 1.8,6 2.6,6 3.6,5.4 3.8,4.3 3.3,3.2 2.4,2.8 1.3,2.9 0.3,4", "7": "0.2,0 3.8,0 2.4,3 1.7,6",
    "8": "1.4,2.8 0.6,2 0.6,0.8 1.4,0 2.6,0 3.4,0.8 3.4,2 2.6,2.8 1.4,2.8 0.3,3.8 0.3,5.2 1.2,6 2.8,6 3.7,5.2 3.7,3.8 2.6,2.8",
    "9": "1.1,6 3.2,3.6 3.8,2 3.2,0.5 2.2,0 1.4,0 0.4,0.6 0.2,1.7 0.7,2.8 1.6,3.2 2.7,3.1 3.7,2",
}  # fmt: skip


def draw_text(draw: ImageDraw.ImageDraw, text: str, left: float, top: float, *, cell: float, height: float) -> None:
    """Draws `text`, one glyph a cell of `cell` pixels, `height` pixels high."""
    unit = height / 6
    width = round(height / 7)
    for position, char in enumerate(text):
        origin = left + position * cell + (cell - 4 * unit) / 2
        for line in _GLYPHS[char].split("/"):
            points = [(origin + x * unit, top + y * unit) for x, y in map(_point, line.split())]
            draw.line(points, fill=(10, 10, 10), width=width, joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=(10, 10, 10))


def _point(text: str) -> tuple[float, float]:
    """`3.8,0.6` or, for whole numbers, `46`."""
    x, _, y = text.partition(",")
    return (float(x), float(y)) if y else (float(text[0]), float(text[1]))
