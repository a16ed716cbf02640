"""A year of ordinary life in the demonstration's accounts: wages, rents, shops, suppliers. The same each time it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from core.clock import now

_SEED = 2026
_MONTHS = 12
_MONTH = 30.4


@dataclass(frozen=True)
class _Life:
    """How somebody lives: what comes in each month and from whom, what goes out, how often, in which countries."""

    external_id: str
    home: str
    income: int
    payer: str
    rent: int
    payments: int
    shops: tuple[tuple[str, str], ...]
    incomes: int = 1


_SHOPS = {
    "DE": (("Stadtwerke", "DE"), ("Markthalle", "DE"), ("Buchladen am Tor", "DE"), ("Bahnreisen", "DE")),
    "PL": (("Sklep Zielony", "PL"), ("Kolej Dalekobiezna", "PL"), ("Apteka", "PL")),
    "NL": (("Groentewinkel", "NL"), ("Fietsen Westkade", "NL"), ("Energie Noord", "NL"), ("Webwinkel", "BE")),
    "PT": (("Mercado Central", "PT"), ("Livraria do Largo", "PT"), ("Agua e Luz", "PT")),
    "GR": (
        ("Olive Press Cooperative", "GR"),
        ("Port Services", "GR"),
        ("Ceramics Import", "IT"),
        ("Harbour Diesel", "CY"),
    ),
    "ES": (("Recambios Sur", "ES"), ("Gasolinera", "ES"), ("Seguros Levante", "ES")),
    "NO": (("Fish Market Cooperative", "NO"), ("Marine Diesel", "NO"), ("Net Makers", "NO")),
    "AT": (("Mill and Flour", "AT"), ("Dairy Alpina", "AT"), ("Oven Service", "DE")),
    "IN": (("Hosting Services", "IE"), ("Air Tickets", "IN"), ("Coworking", "IN")),
}
_LIVES = (
    _Life("DEMO-001", "DE", 3400, "Ingenieurbau AG", 1150, 9, _SHOPS["DE"]),
    _Life("DEMO-004", "PL", 2600, "Stocznia", 700, 8, _SHOPS["PL"]),
    _Life("DEMO-005", "NL", 3900, "Waterbouw BV", 1400, 14, _SHOPS["NL"]),
    _Life("DEMO-007", "PT", 2100, "Hospital Central", 650, 10, _SHOPS["PT"]),
    _Life("DEMO-011", "GR", 2900, "Grocers' Union", 900, 16, _SHOPS["GR"], incomes=4),
    _Life("DEMO-012", "ES", 4200, "Used car buyers", 1300, 12, _SHOPS["ES"], incomes=3),
    _Life("DEMO-013", "NO", 1200, "Fish auction", 500, 7, _SHOPS["NO"], incomes=4),
    _Life("DEMO-014", "IN", 5200, "Consulting client", 600, 6, _SHOPS["IN"], incomes=2),
    _Life("DEMO-015", "AT", 700, "Bakery takings", 850, 18, _SHOPS["AT"], incomes=6),
)


def demo_year() -> list[dict[str, object]]:
    """About two thousand transactions that ended a week ago, in the order of their booking."""
    chance = Random(_SEED)  # noqa: S311 - a demonstration, no secret
    rows = [row for life in _LIVES for row in _months_of(life, chance)]
    return sorted(rows, key=lambda row: str(row["booked_at"]))


def _months_of(life: _Life, chance: Random) -> Iterator[dict[str, object]]:
    start = now().replace(minute=0, second=0, microsecond=0) - timedelta(days=7 + _MONTHS * _MONTH)
    for month in range(_MONTHS):
        begin = start + timedelta(days=month * _MONTH)
        for part in range(life.incomes):
            day = 1 + part * (_MONTH - 4) / life.incomes
            amount = life.income * chance.uniform(0.9, 1.1) if life.incomes > 1 else life.income
            yield _row(life, begin, day, amount, "in", (life.payer, life.home), f"{month}-in-{part}")
        yield _row(life, begin, 3, life.rent, "out", ("House administration", life.home), f"{month}-rent")
        for part in range(life.payments):
            amount = chance.lognormvariate(3.9, 0.8)
            day = chance.uniform(4, _MONTH - 1)
            yield _row(life, begin, day, amount, "out", chance.choice(life.shops), f"{month}-{part}")


def _row(
    life: _Life, begin: datetime, day: float, amount: float, direction: str, other: tuple[str, str], number: str
) -> dict[str, object]:
    name, country = other
    return {
        "external_id": f"{life.external_id}-Y-{number}", "customer_external_id": life.external_id,
        "account": f"{life.home}00{life.external_id.replace('-', '')}", "direction": direction,
        "amount": f"{amount:.2f}", "currency": settings.BASE_CURRENCY, "type": "transfer", "channel": "online",
        "counterparty_name": name, "counterparty_country": country,
        "booked_at": (begin + timedelta(days=day)).isoformat(timespec="seconds"),
    }  # fmt: skip
