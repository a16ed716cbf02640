"""Bills, statements, payslips and company papers in six languages, composed in many layouts, with their truth."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from documents.synthesis.sheet import FAMILIES, Sheet
from documents.synthesis.vocabulary import Writer, iban

LAYOUTS = ("left", "right", "split", "stacked", "boxed", "banner", "columns", "plain", "compact", "centred")
_SIGNS = {"EUR": "€", "GBP": "£"}
_GREY, _RULE = (235, 238, 242), (120, 120, 120)


@dataclass
class Paper:
    """A paper being written: where the next line goes, and the truth gathered so far."""

    writer: Writer
    layout: str
    sheet: Sheet
    fields: dict[str, Any]
    y: float = 80

    def down(self, step: float) -> None:
        """Moves to the next line."""
        self.y += step

    def amount(self, value: float) -> str:
        """The amount with its currency, before or after, as sign or code; some papers say it once only."""
        money, currency = self.writer.money(value), self.writer.words["currency"]
        place = self.writer.chance.random()
        sign = _SIGNS[currency]
        if place < 0.4:
            return f"{sign}{money}" if currency == "GBP" else f"{money} {sign}"
        return f"{money} {currency}" if place < 0.8 else f"{sign} {money}"


def start(writer: Writer, layout: str, issuer: str, title: str) -> Paper:
    """A sheet with its head: who sends it, and what it is."""
    chance = writer.chance
    sheet = Sheet(chance.choice(FAMILIES))
    paper = Paper(writer, layout, sheet, {})
    street, town = writer.address()
    left, middle, right = 90, 620, 1150
    if layout == "banner":
        sheet.box(0, 0, 1240, 150, (chance.randint(20, 90), chance.randint(40, 110), chance.randint(90, 160)))
        sheet.text(left, 50, issuer, 40, bold=True, colour=(250, 250, 250))
        sheet.text(left, 180, title, 36, bold=True)
    elif layout in {"right", "split"}:
        sheet.text(right, 70, issuer, 32, bold=True, right=True)
        sheet.text(right, 115, f"{street}, {town}", 18, right=True)
        sheet.text(left, 70 if layout == "split" else 170, title, 40, bold=True)
    elif layout == "centred":
        sheet.text(middle - 14 * len(title) / 2, 60, title, 34, bold=True)
        sheet.text(middle - 11 * len(issuer) / 2, 120, issuer, 26)
    else:
        sheet.text(left, 70, issuer, 34, bold=True)
        sheet.text(left, 115, street, 18)
        sheet.text(left, 140, town, 18)
        sheet.text(left if layout != "boxed" else 700, 180 if layout != "boxed" else 70, title, 36, bold=True)
    paper.y = 260
    return paper


def facts(paper: Paper, rows: list[tuple[str, str]]) -> None:
    """Labels with their values: beside, above, in a table of one row, in two columns; as the layout has it."""
    sheet, layout = paper.sheet, paper.layout
    colon = ":" if paper.writer.chance.random() < 0.6 else ""
    if layout in {"columns", "boxed"}:
        width = 1060 / len(rows)
        sheet.box(90, paper.y - 8, 1150, paper.y + 30, _GREY)
        size = 18 if width > 240 else 14
        for place, (label, value) in enumerate(rows):
            sheet.text(96 + place * width, paper.y, label, size, bold=True)
            sheet.text(96 + place * width, paper.y + 38, value, size)
        paper.down(110)
        return
    at, beside = (700, 930) if layout in {"split", "right", "stacked"} else (90, 420)
    for label, value in rows:
        if layout == "compact":
            sheet.text(at, paper.y, f"{label}{colon or ':'} {value}", 20)
        elif layout == "stacked":
            sheet.text(at, paper.y, label, 16, colour=(100, 100, 100))
            sheet.text(at, paper.y + 22, value, 22)
            paper.down(26)
        else:
            sheet.text(at, paper.y, label + colon, 20, bold=layout == "plain")
            sheet.text(beside, paper.y, value, 20)
        paper.down(36)
    paper.down(24)


def recipient(paper: Paper, label: str, name: str) -> str:
    """The addressee's lines; returns the address as truth has it."""
    street, town = paper.writer.address()
    beside = paper.layout in {"split", "right", "stacked"}
    y = 260.0 if beside else paper.y
    for row, (text, bold) in enumerate(((label, True), (name, False), (street, False), (town, False))):
        if text:
            paper.sheet.text(90, y + row * 32, text, 18 if bold else 21, bold=bold)
    if not beside:
        paper.down(170)
    paper.y = max(paper.y, y + 170)
    return f"{street}, {town}"


def table(paper: Paper, heads: list[str], rows: list[list[str]], edges: tuple[int, ...] = (90, 760, 960, 1150)) -> None:
    """A table; every column but the first ends at its edge."""
    sheet = paper.sheet
    sheet.box(90, paper.y - 6, 1150, paper.y + 30, _GREY)
    for line, cells in enumerate([heads, *rows]):
        for place, (cell, edge) in enumerate(zip(cells, edges, strict=True)):
            sheet.text(edge if place else 96, paper.y, cell, 19, bold=not line, right=bool(place))
        paper.down(40)
    sheet.box(90, paper.y, 1150, paper.y + 2, _RULE)
    paper.down(20)


def sums(paper: Paper, rows: list[tuple[str, str]]) -> None:
    """Totals at the right, the last of them strong."""
    for place, (label, value) in enumerate(rows):
        strong = place == len(rows) - 1
        paper.sheet.text(650, paper.y, label, 22 if strong else 20, bold=strong)
        paper.sheet.text(1150, paper.y, value, 22 if strong else 20, bold=strong, right=True)
        paper.down(42)


def foot(paper: Paper, text: str) -> None:
    """Small print."""
    paper.sheet.text(90, max(paper.y + 40, 1600), text[:110], 15, colour=(90, 90, 90))


def period(writer: Writer, day: date) -> tuple[date, date]:
    """The month or quarter that ends a little before `day`."""
    end = day - timedelta(days=writer.chance.randint(1, 12))
    return end - timedelta(days=writer.chance.choice((29, 30, 60, 90))), end


def national_iban(writer: Writer) -> str:
    """An IBAN of the language's country with fitting digits, in groups of four."""
    country, pattern = {
        "en": ("GB", "HBUK##############"), "de": ("DE", "##################"), "fr": ("FR", "#######################"),
        "es": ("ES", "####################"), "it": ("IT", "X######################"), "nl": ("NL", "HAVN##########"),
    }[writer.language]  # fmt: skip
    plain = iban(country, "".join(writer.number(pattern)))
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
