"""Drawing a driving licence as PDF or picture, with more words on it in any script, seen or not."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

VISIBLE, WHITE, UNSEEN = "0 g", "1 g", "3 Tr"
_LINE, _MOST = 78, 24
_FIRST_CODE, _SCRIPT_FONT = 1, "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_LETTERS = {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name.Helvetica,
            "/Encoding": pikepdf.Name.WinAnsiEncoding}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How words are put on a page: a PDF operator for the ink, the height in points, the distance from the left edge."""

    ink: str = VISIBLE
    size: int = 11
    left: int = 60


Also = Callable[[pikepdf.Pdf], None]


def drawn_pdf(paper: Sequence[str], *told: str, look: Look | None = None, also: Also | None = None) -> bytes:
    """The paper on the first page; each of `told` on a page of its own, the first beside the paper."""
    pdf = pikepdf.new()
    for number, text in enumerate(told or ("",)):
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[number]
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=pikepdf.Dictionary(_LETTERS), U=_any_script(pdf, text))
        )
        first = _plain(paper) if number == 0 else b""
        page.Contents = pdf.make_stream(first + _shown(text, look or Look()))
    if also:
        also(pdf)
    held = io.BytesIO()
    pdf.save(held, static_id=True)
    return held.getvalue()


def drawn_picture(paper: Sequence[str], told: str = "", ink: str = "black", note: str = "") -> bytes:
    """A photograph of the paper as PNG; `note` is what the file says of itself."""
    page = Image.new("RGB", (1240, 700), "white")
    draw = ImageDraw.Draw(page)
    draw.multiline_text((60, 50), "\n".join(paper), font=ImageFont.load_default(30), fill="black", spacing=18)
    font = ImageFont.load_default(26) if told.isascii() else ImageFont.truetype(_SCRIPT_FONT, 26)
    draw.multiline_text((60, 300), "\n".join(_wrapped(told)), font=font, fill=ink, spacing=10)
    held, info = io.BytesIO(), PngInfo()
    info.add_itxt("Description", note)
    page.save(held, "PNG", pnginfo=info if note else None)
    return held.getvalue()


def _plain(lines: Sequence[str]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    told = " ".join(f"({line}) '" for line in escaped)
    return f"q BT {VISIBLE} /F 12 Tf 60 760 Td 14 TL {told} ET Q\n".encode("cp1252", "replace")


def _shown(text: str, look: Look) -> bytes:
    """Words whose letters need not be in any font: what a reader takes out of the file are their code points."""
    lines = [f"<{_coded(text, line)}> '" for line in _wrapped(text)]
    if text.isascii():
        escaped = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in _wrapped(text)]
        lines = [f"({line}) '" for line in escaped]
    font = "F" if text.isascii() else "U"
    place = f"{look.left} 620 Td {max(look.size, 8)} TL"
    return f"q BT 0 g {look.ink} /{font} {look.size} Tf {place} {' '.join(lines)} ET Q\n".encode()


def _coded(text: str, line: str) -> str:
    known = _codes(text)
    return "".join(f"{known[char]:04X}" for char in line)


def _codes(text: str) -> dict[str, int]:
    return {char: code for code, char in enumerate(dict.fromkeys(text), start=_FIRST_CODE)}


def _any_script(pdf: pikepdf.Pdf, text: str) -> pikepdf.Object:
    """A font without pictures of letters that says which letter each code is (ISO 32000-1, 9.10.3)."""
    told = "\n".join(f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in _codes(text or " ").items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Told def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(_codes(text or ' '))} beginbfchar\n{told}\nendbfchar\nendcmap end end"
    )
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Told, DW=600,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Told, Flags=4, FontBBox=[0, 0, 600, 800], ItalicAngle=0,
            Ascent=800, Descent=0, CapHeight=700, StemV=80,
        ),
    )  # fmt: skip
    return pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Told, Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(table.encode()),
    ))  # fmt: skip


def _wrapped(text: str) -> list[str]:
    return [line[at : at + _LINE] for line in text.splitlines() for at in range(0, len(line), _LINE)][:_MOST]
