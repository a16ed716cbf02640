"""A page being composed: pieces of text and rules, drawn as an image or written as a PDF with a text layer."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

A4 = (1240, 1754)  # pixels at 150 a inch
_POINTS = 72 / 150
_FONTS = Path("/usr/share/fonts/truetype")
_FAMILIES = {
    "sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf", "Helvetica"),
    "serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf", "Times-Roman"),
    "mono": ("liberation/LiberationMono-Regular.ttf", "liberation/LiberationMono-Bold.ttf", "Courier"),
    "wide": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "Helvetica"),
    "narrow": ("dejavu/DejaVuSansCondensed.ttf", "dejavu/DejaVuSansCondensed-Bold.ttf", "Helvetica"),
    "book": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf", "Times-Roman"),
}
FAMILIES = tuple(_FAMILIES)
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def font(family: str, size: int, *, bold: bool = False) -> Font:
    """A Debian font where it is installed, Pillow's own otherwise: documents can be made on any machine."""
    path = _FONTS / _FAMILIES[family][bold]
    return ImageFont.truetype(str(path), size) if path.is_file() else ImageFont.load_default(size)


@dataclass(frozen=True)
class _Piece:
    left: float
    top: float
    text: str
    size: int
    bold: bool
    colour: tuple[int, int, int]


@dataclass
class Sheet:
    """`size` in pixels at 150 to the inch; text is placed by its upper left, or right with `right=True`."""

    family: str = "sans"
    size: tuple[int, int] = A4
    pieces: list[_Piece] = field(default_factory=list)
    boxes: list[tuple[tuple[float, float, float, float], tuple[int, int, int]]] = field(default_factory=list)

    def text(
        self, left: float, top: float, text: str, size: int = 22, *,
        bold: bool = False, right: bool = False, colour: tuple[int, int, int] = (20, 20, 20),
    ) -> float:  # fmt: skip
        """Places `text` and returns its width."""
        width = font(self.family, size, bold=bold).getlength(text)
        self.pieces.append(_Piece(left - width if right else left, top, text, size, bold, colour))
        return width

    def box(self, left: float, top: float, right: float, bottom: float, colour: tuple[int, int, int]) -> None:
        """A filled box beneath the text; a rule is a box two pixels high."""
        self.boxes.append(((left, top, right, bottom), colour))

    @property
    def plain(self) -> str:
        """The words as they stand, a line for each height, from left to right."""
        rows: dict[int, list[_Piece]] = {}
        for piece in self.pieces:
            rows.setdefault(round(piece.top / 12), []).append(piece)
        lines = (sorted(row, key=lambda piece: piece.left) for _, row in sorted(rows.items()))
        return "\n".join(" ".join(piece.text for piece in row) for row in lines)

    def image(self) -> Image.Image:
        """The page as it would be printed."""
        page = Image.new("RGB", self.size, "white")
        draw = ImageDraw.Draw(page)
        for corners, colour in self.boxes:
            draw.rectangle(corners, fill=colour)
        for piece in self.pieces:
            face = font(self.family, piece.size, bold=piece.bold)
            draw.text((piece.left, piece.top), piece.text, font=face, fill=piece.colour)
        return page

    def pdf(self) -> bytes:
        """The page as a PDF whose text can be taken out; standard fonts, so that nothing is embedded."""
        width, height = (side * _POINTS for side in self.size)
        drawn = [
            f"{r / 255:.2f} {g / 255:.2f} {b / 255:.2f} rg {x * _POINTS:.1f} {height - bottom * _POINTS:.1f} "
            f"{(right - x) * _POINTS:.1f} {(bottom - top) * _POINTS:.1f} re f"
            for (x, top, right, bottom), (r, g, b) in self.boxes
        ]
        drawn += [self._shown(piece, height) for piece in self.pieces]
        stream = "\n".join(drawn).encode("cp1252", "replace")
        base = _FAMILIES[self.family][2]
        bold = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}[base]
        fonts = f"/F1<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>"
        fonts += f"/F2<</Type/Font/Subtype/Type1/BaseFont/{bold}/Encoding/WinAnsiEncoding>>"
        head = (
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.0f} {height:.0f}]/Resources<</Font<<{fonts}>>>>"
            f"/Contents 4 0 R>>endobj\n4 0 obj<</Length {len(stream)}>>stream\n"
        )
        return head.encode() + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

    def _shown(self, piece: _Piece, height: float) -> str:
        red, green, blue = (part / 255 for part in piece.colour)
        text = piece.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        size, at = piece.size * _POINTS, height - (piece.top + piece.size * 0.9) * _POINTS
        face = "F2" if piece.bold else "F1"
        return f"BT {red:.2f} {green:.2f} {blue:.2f} rg /{face} {size:.1f} Tf {piece.left * _POINTS:.1f} {at:.1f} Td ({text}) Tj ET"
