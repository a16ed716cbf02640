"""A small fictional list for demonstrations and tests: invented people and organisations, made by this code."""

import csv
import random
import tempfile
from pathlib import Path

from core.actor import Actor
from screening.models import ListVersion
from screening.services import import_list

NAME = "Demonstration list (fictional)"
FEATURED = (
    (
        "D-001",
        "Person",
        "Viktor Aleksandrovich Morozenko",
        "Wiktor Morosenko;Віктор Морозенко",
        "1969-03-14",
        "RU",
        "DEMO-A",
    ),
    (
        "D-002",
        "Person",
        "Abdulkarim Haddoun al-Rashadi",
        "Abdul Karim Rashadi;عبد الكريم الرشادي",
        "1975",
        "SY",
        "DEMO-A",
    ),
    ("D-003", "Organization", "Zarya Northern Shipping OOO", "Zaria Shipping;Northern Dawn Lines", "", "RU", "DEMO-B"),
    ("D-004", "Person", "Ilse Maria Brandvoort", "Ilse Brandvoort", "1981-11-02", "NL", "DEMO-C"),
)
_GIVEN = (
    "Anton",
    "Darko",
    "Emilia",
    "Farid",
    "Goran",
    "Helena",
    "Ismet",
    "Jelena",
    "Karim",
    "Leonid",
    "Milos",
    "Nadia",
)
_FAMILY = ("Vrastov", "Kelmendari", "Osmanbeyli", "Tarkovan", "Lindqvarn", "Benhaddi", "Sorokanov", "Petrakidze")


def import_demo_list(*, by: Actor) -> ListVersion:
    """Imports the fictional list; the same content again changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.csv"
        with path.open("w", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["source_id", "schema", "name", "aliases", "birth_dates", "countries", "programs"])
            writer.writerows(FEATURED)
            writer.writerows(_invented())
        return import_list(format="internal_csv", path=path, name=NAME, by=by)


def _invented() -> list[tuple[str, ...]]:
    """Forty more people, the same in every installation."""
    chance = random.Random(7)  # noqa: S311 - names for a demonstration
    rows: list[tuple[str, ...]] = []
    for number in range(10, 50):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
        rows.append((f"D-{number:03d}", "Person", name, "", str(chance.randint(1945, 1990)), "", "DEMO-D"))
    return rows
