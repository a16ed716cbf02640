"""The published lists at ../shared/data/lists (or PROBITY_SHARED_DATA) and people who are on none of them."""

import csv
import gzip
import hashlib
import json
import os
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from screening.lists import ofac_sdn, un_xml
from screening.lists.base import PERSON, ListedParty
from screening.lists.countries import country_code
from screening.matching.normalise import tokens_of

HOME = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PROBITY_SHARED_DATA", HOME.parent / "shared" / "data")) / "lists"
UNSAID = "LegalEntity"
# Whole parliaments of these places are listed themselves: their members are no negatives.
LISTED_PARLIAMENTS = {
    "Russia",
    "Abkhazia",
    "South Ossetia",
    "Transnistria",
    "Crimea",
    "Belarus",
    "Syria",
    "North Korea",
}
Lists = dict[str, tuple[ListedParty, ...]]


@dataclass(frozen=True)
class Stranger:
    """Somebody who is not listed. The birth date is made up: the published file has none."""

    name: str
    country: str
    birth_date: str
    gender: str


def load_lists() -> Lists:
    """About 100,000 names of eight lists, by the list's title."""
    lists = {
        "OFAC SDN 2024-01": ofac_sdn.parse(DATA / "ofac_2024-01-11").entries,
        "OFAC non-SDN 2025-12": ofac_sdn.parse(DATA / "ofac_non_sdn_2025-12").entries,
        "UN 2026-02": un_xml.parse(DATA / "un" / "un_2026-02.xml").entries,
    }
    for path in sorted((DATA / "names_2026-06").glob("*.json")):
        lists[f"{path.stem} 2026-06"] = tuple(_names_only(json.loads(path.read_text(encoding="utf-8"))))
    return lists


def _names_only(rows: Iterable[dict[str, object]]) -> Iterable[ListedParty]:
    for row in rows:
        yield ListedParty(str(row["id"]), UNSAID, str(row["full_name"]), tuple(dict.fromkeys(row["aliases"])))  # type: ignore[call-overload]


def half_of(key: str) -> str:
    """`dev` or `held`: which half a list entry or a stranger belongs to. Weights are tuned on `dev` alone."""
    return "dev" if hashlib.sha256(key.encode()).digest()[0] % 2 else "held"


def load_strangers(lists: Lists, half: str, count: int, chance: random.Random) -> list[Stranger]:
    """Politicians of 2015 who bear no listed name, in any order of its words."""
    listed = {frozenset(tokens_of(name)) for entries in lists.values() for entry in entries for name in entry.all_names}
    with gzip.open(DATA / "pep" / "pep_everypolitician_2015.csv.gz", "rt", encoding="utf-8") as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if row["country"] not in LISTED_PARLIAMENTS and half_of(row["id"]) == half
        ]
    chosen = chance.sample(rows, min(len(rows), count * 2))
    people = [
        Stranger(row["name"], country_code(row["country"]), _birth(chance), row["gender"])
        for row in chosen
        if frozenset(tokens_of(row["name"])) not in listed
    ]
    return people[:count]


def _birth(chance: random.Random) -> str:
    return f"{chance.randint(1935, 1988)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def askable(entry: ListedParty) -> list[str]:
    """The strong names of an entry that can be spoilt: one word of five letters at least."""
    names = [entry.name, *entry.aliases[:4]]
    return [name for name in names if any(len(word) >= 5 for word in tokens_of(name)) and name.isascii()]


def is_person(entry: ListedParty) -> bool:
    """True where the list says so."""
    return entry.schema == PERSON
