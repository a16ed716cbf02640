"""Fictional passports drawn by code, with a machine-readable zone whose check digits fit."""

import io
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageDraw, ImageFont

from documents.extraction.mrz import check_digit
from documents.synthesis.zone_font import draw_text

_SIZE = (1250, 880)
_INK, _PAPER, _BAND = (28, 36, 60), (236, 241, 246), (205, 217, 228)


@dataclass(frozen=True)
class DemoPassport:
    """Who the passport is of. `state` is the issuing state of ICAO's specimens, Utopia."""

    surname: str
    given_names: str
    number: str
    birth_date: date
    expires_on: date
    sex: str = "F"
    state: str = "UTO"


def zone_lines(passport: DemoPassport) -> tuple[str, str]:
    """The two lines of the zone (ICAO 9303-4, TD3)."""
    names = f"{passport.surname}<<{passport.given_names}".upper().replace(" ", "<").replace("-", "<")
    first = f"P<{passport.state}{names}".ljust(44, "<")[:44]
    number = passport.number.ljust(9, "<")
    birth, expiry = passport.birth_date.strftime("%y%m%d"), passport.expires_on.strftime("%y%m%d")
    optional = "<" * 14
    dates = f"{birth}{check_digit(birth)}{passport.sex}{expiry}{check_digit(expiry)}"
    head = f"{number}{check_digit(number)}{passport.state}{dates}{optional}<"
    composite = head[:10] + head[13:20] + head[21:43]
    return first, head + check_digit(composite)


def draw_passport(passport: DemoPassport) -> bytes:
    """The passport's page as a JPEG."""
    page = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, _SIZE[0], 90), fill=_BAND)
    draw.text((40, 22), "PASSPORT / UTOPIA", font=_font(42), fill=_INK)
    draw.rectangle((50, 150, 360, 560), outline=_INK, width=3, fill=(217, 224, 232))
    draw.ellipse((140, 220, 270, 370), fill=(150, 163, 180))
    draw.pieslice((95, 385, 315, 645), 180, 360, fill=(150, 163, 180))
    rows = (
        ("Surname", passport.surname), ("Given names", passport.given_names), ("Passport No.", passport.number),
        ("Date of birth", passport.birth_date.strftime("%d %b %Y")), ("Sex", passport.sex),
        ("Date of expiry", passport.expires_on.strftime("%d %b %Y")),
    )  # fmt: skip
    for position, (label, value) in enumerate(rows):
        draw.text((420, 140 + position * 75), label, font=_font(20), fill=(90, 100, 120))
        draw.text((420, 165 + position * 75), value, font=_font(32), fill=_INK)
    for position, line in enumerate(zone_lines(passport)):
        draw_text(draw, line, 45, 690 + position * 70, cell=26.3, height=28)
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=90)
    return stream.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
