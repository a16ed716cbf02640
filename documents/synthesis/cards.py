"""Identity documents of a fictional state's people: passports, cards, visas and licences, drawn with their zone."""

import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from documents.synthesis.sheet import FAMILIES, font
from documents.synthesis.vocabulary import Writer
from documents.synthesis.zone_font import draw_text
from documents.synthesis.zones import Bearer, french_number, zone_of

_OCR_B = Path(
    "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
)  # Debian's fonts-ocr-b; strokes of our own where it is missing
_STATES = ("UTO", "D<<", "FRA", "ESP", "ITA", "NLD", "GBR", "AUT", "POL", "SWE", "PRT", "CAN")
_CODES = {
    ("passport", "TD3"): ("P<", "P<", "P<", "PD", "PO"), ("visa", "MRV-A"): ("V<", "VC"), ("visa", "MRV-B"): ("V<",),
    ("national_id", "TD1"): ("I<", "ID", "C<"), ("national_id", "TD2"): ("ID",), ("national_id", "FRA-ID"): ("ID",),
    ("residence_permit", "TD1"): ("IR", "AR", "I<"), ("travel_document", "TD3"): ("PT",),
    ("driving_licence", ""): ("",),
}  # fmt: skip
_DATED = ("date_of_birth", "date_of_issue", "date_of_expiry")


@dataclass(frozen=True)
class Card:
    """The drawn document with its truth."""

    image: Image.Image
    truth: dict[str, object]
    text: str


def draw_card(kind: str, writer: Writer, shape: str = "") -> Card:
    """A document of `kind`; `shape` chooses its zone's format where the kind has several."""
    chance = writer.chance
    shapes = [known for known_kind, known in _CODES if known_kind == kind]
    shape = shape or chance.choice(shapes)
    bearer = _bearer(writer, kind, shape)
    lines = zone_of(shape, chance.choice(_CODES[kind, shape]), bearer) if shape else ()
    size = (
        (1250, 880)
        if shape in {"TD3", "MRV-A"}
        else (1120, 770)
        if shape in {"TD2", "MRV-B", "FRA-ID"}
        else (1010, 640)
    )
    page = _ground(size, chance)
    values = _values(bearer, writer, kind)
    text = _print(page, writer, kind, values, len(lines))
    _draw_zone(page, lines, chance)
    truth: dict[str, object] = {"document_type": kind, "fields": _truth(bearer, values, kind, shape)}
    if lines:
        truth |= {"mrz": list(lines), "mrz_checks_pass": True}
    return Card(page, truth, text + "\n" + "\n".join(lines))


def _bearer(writer: Writer, kind: str, shape: str) -> Bearer:
    chance, (given, surname) = writer.chance, writer.person()
    birth = writer.day() - timedelta(days=chance.randint(19 * 365, 80 * 365))
    state = "FRA" if shape == "FRA-ID" else chance.choice(_STATES)
    number = writer.number(chance.choice(("@########", "@@#######", "#########", "@@@######", "@#@#@#@##")))
    number = french_number(chance.randrange(10**6)) if shape == "FRA-ID" else number
    optional = writer.number("##########") if chance.random() < 0.3 and shape in {"TD1", "TD3"} else ""
    expiry = writer.day() + timedelta(days=3000)
    return Bearer(surname, given, number, birth, expiry, chance.choice("MF"), state, state, optional)


def _values(bearer: Bearer, writer: Writer, kind: str) -> dict[str, str]:
    issued = bearer.expiry - timedelta(days=3652)
    style = writer.chance.choice(
        ("03.01.2026", "03 01 2026", "03 Jan 2026" if writer.language == "en" else "03.01.2026", "03/01/2026")
    )
    numbers = {
        "surname": bearer.surname.upper(), "given_names": bearer.given_names.upper(), "document_number": bearer.number,
        "nationality": bearer.nationality.strip("<"), "date_of_birth": writer.date(bearer.birth, style),
        "sex": bearer.sex, "date_of_issue": writer.date(issued, style), "date_of_expiry": writer.date(bearer.expiry, style),
    }  # fmt: skip
    return (
        numbers
        if kind != "driving_licence"
        else {name: numbers[name] for name in numbers if name not in {"sex", "nationality"}}
    )


def _truth(bearer: Bearer, values: dict[str, str], kind: str, shape: str) -> dict[str, str]:
    """What must be read: what the zone says where there is one, what is printed otherwise."""
    issued = bearer.expiry - timedelta(days=3652)
    days = dict(zip(_DATED, (bearer.birth, issued, bearer.expiry), strict=True))
    if kind == "driving_licence":
        return {name: days[name].isoformat() if name in days else value for name, value in values.items()}
    plain = zone_of("TD1", "I<", bearer)[2].strip("<").partition("<<")
    names = {"surname": plain[0].replace("<", " "), "given_names": plain[2].replace("<", " ")}
    fields = names | {"document_number": bearer.number, "date_of_birth": bearer.birth.isoformat()}
    return fields if shape == "FRA-ID" else fields | {"date_of_expiry": bearer.expiry.isoformat()}


def _print(page: Image.Image, writer: Writer, kind: str, values: dict[str, str], zone_lines: int) -> str:
    """Title, portrait, and each value with its label; returns the words in reading order."""
    chance, draw, family = writer.chance, ImageDraw.Draw(page), writer.chance.choice(FAMILIES)
    width, height = page.size
    other = Writer("en", chance)
    title = writer.one("cards", kind) + ("" if writer.language == "en" else " / " + other.one("cards", kind))
    draw.text((int(width * 0.05), 26), title, font=font(family, 34, bold=True), fill=(30, 40, 80))
    bottom = (
        height - 60 if not zone_lines else int(height * 0.92 - zone_lines * width * (0.06 if zone_lines > 2 else 0.045))
    )
    left, top = int(width * 0.05), 100
    draw.rectangle((left, top, left + int((bottom - top) * 0.78), bottom - 15), fill=(185, 195, 205))
    draw.ellipse((left + 60, top + 50, left + 200, top + 230), fill=(120, 125, 135))
    column, step = left + int((bottom - top) * 0.78) + 50, min(64, (bottom - 85) // max(len(values), 1))
    words, numbered = [title], {"surname": "1.", "given_names": "2.", "date_of_birth": "3.", "date_of_issue": "4a.",
                                "date_of_expiry": "4b.", "document_number": "5."}  # fmt: skip
    for row, (name, value) in enumerate(values.items()):
        y = 90 + row * step
        if kind == "driving_licence":
            draw.text((column, y), f"{numbered[name]} {value}", font=font(family, 26), fill=(25, 25, 30))
            words.append(f"{numbered[name]} {value}")
            continue
        label = writer.one("cards", name) + ("" if chance.random() < 0.5 else " / " + other.one("cards", name))
        draw.text((column, y), label, font=font(family, min(15, step // 3 + 1)), fill=(90, 95, 120))
        draw.text((column, y + 17), value, font=font(family, min(25, step - 20)), fill=(25, 25, 30))
        words += [label, value]
    return "\n".join(words)


def _draw_zone(page: Image.Image, lines: tuple[str, ...], chance: random.Random) -> None:
    """The zone in OCR-B at ten characters an inch, as ICAO 9303-3 places it: at the foot of the page."""
    if not lines:
        return
    draw, (width, height) = ImageDraw.Draw(page), page.size
    pitch = width * 0.93 / len(lines[0])
    top = height - (len(lines) * pitch * 1.75) - height * 0.05
    ink = chance.choice(((15, 15, 20), (40, 40, 50), (60, 50, 55)))
    face = ImageFont.truetype(str(_OCR_B), round(pitch / 0.6)) if _OCR_B.is_file() else None
    for row, line in enumerate(lines):
        y = top + row * pitch * 1.75
        if face is None:
            draw_text(draw, line, width * 0.035, y, cell=pitch, height=pitch * 1.05)
            continue
        for place, char in enumerate(line):
            draw.text((width * 0.035 + (place + 0.5) * pitch, y), char, font=face, fill=ink, anchor="ma")


def _ground(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Security paper: fine interfering waves in two tints."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    tint = np.array([chance.randint(200, 245) for _ in range(3)], dtype=np.float32)
    wave = np.sin(columns / chance.uniform(4, 12) + 6 * np.sin(rows / chance.uniform(20, 70)))
    wave += np.sin(rows / chance.uniform(4, 12) + 6 * np.sin(columns / chance.uniform(20, 70)))
    ground = np.clip(tint + wave[:, :, None] * chance.uniform(2, 13), 0, 255).astype(np.uint8)
    return Image.fromarray(cv2.GaussianBlur(ground, (0, 0), 0.8))
