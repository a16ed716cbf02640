"""What documents say in six languages, and the fictional people and companies that stand on them."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")
_FOLDER = Path(__file__).parent / "words"
_EPOCH = date(2022, 1, 1)
_SPAN_DAYS = 1700


@cache
def words_in(language: str) -> dict[str, Any]:
    """The vocabulary of one language: `words/<language>.yaml`."""
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Writer:
    """Writes in one language, choosing by `chance`; the same seed writes the same."""

    language: str
    chance: random.Random

    @property
    def words(self) -> dict[str, Any]:
        """The language's vocabulary."""
        return words_in(self.language)

    def one(self, *path: str) -> str:
        """One of the expressions at `path`, such as `one("invoice", "total")`."""
        found: Any = self.words
        for name in path:
            found = found[name]
        return str(self.chance.choice(found))

    def person(self) -> tuple[str, str]:
        """(given names, surname)."""
        given = self.one("given")
        return (f"{given} {self.one('given')}" if self.chance.random() < 0.25 else given), self.one("surnames")

    def company(self) -> str:
        """A company with its legal form."""
        return f"{self.one('companies')} {self.one('forms')}"

    def address(self) -> tuple[str, str]:
        """(street, town with its postcode)."""
        return self.one("streets").replace("{n}", str(self.chance.randint(1, 180))), self.one("cities")

    def day(self) -> date:
        """A day of the last years."""
        return _EPOCH + timedelta(days=self.chance.randrange(_SPAN_DAYS))

    def date(self, day: date, style: str = "") -> str:
        """`day` as the language writes it; `style` is an example of the third of January 2026."""
        style = style or self.one("date")
        month = self.words["months"][day.month - 1]
        for example in sorted({self.words["months"][0], self.words["months"][0][:3]}, key=len, reverse=True):
            style = style.replace(example, month if len(example) > 3 else month[:3])
        numbers = {"2026": f"{day.year}", "03": f"{day.day:02}", "01": f"{day.month:02}", "26": f"{day.year % 100:02}"}
        written, rest = "", style
        while rest:
            piece = next((key for key in numbers if rest.startswith(key)), "")
            written += numbers[piece] if piece else rest[0] if rest[0] != "3" else str(day.day)
            rest = rest[len(piece) or 1 :]
        return written

    def money(self, amount: float, *, style: str = "") -> str:
        """`amount` with the language's separators."""
        plain = f"{amount:,.2f}"
        if (style or self.words["decimal"]) == "1,234.56":
            return plain
        blank = " " if self.words["decimal"] == "1 234,56" else "."
        return plain.replace(",", "_").replace(".", ",").replace("_", blank)

    def number(self, pattern: str) -> str:
        """`pattern` with every # a digit and every @ a capital letter."""
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
        return "".join(
            str(self.chance.randint(0, 9)) if char == "#" else self.chance.choice(letters) if char == "@" else char
            for char in pattern
        )


def iban(country: str, body: str) -> str:
    """The IBAN of a national account number, its check digits made (ISO 13616)."""
    turned = "".join(str(int(char, 36)) for char in body + country + "00")
    return f"{country}{98 - int(turned) % 97:02}{body}"
