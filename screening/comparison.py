"""Customer and listed party side by side: one row a field, with the verdict and its weight."""

from collections.abc import Sequence
from dataclasses import dataclass

from screening.matching.evidence import AGREES
from screening.models import Hit


@dataclass(frozen=True)
class ComparisonRow:
    """What each side says, the verdict (`agrees`, `conflicts`, `missing` or empty) and why."""

    field: str
    mine: str
    listed: str
    verdict: str
    reason: str


def comparison_rows(hit: Hit) -> list[ComparisonRow]:
    """The rows in the order a reviewer reads them; verdicts are those the hit was raised with."""
    party, entry = hit.party, hit.entry
    told = {feature["feature"]: feature for feature in hit.features}
    addresses = [f"{item.street} {item.city} {item.country}".strip() for item in party.addresses.all()]
    numbers = [f"{item.kind} {item.value}" for item in party.identifiers.all()]
    countries = [*party.nationalities, party.country]
    similar = ComparisonRow("name", hit.query_name, hit.listed_name, AGREES, f"similarity {hit.similarity}")
    return [
        similar,
        _row("aliases", party.aliases, [entry.name, *entry.aliases, *entry.weak_aliases], {}),
        _row("birth date", [party.birth_date], entry.birth_dates, told),
        _row("country", countries, entry.countries, told),
        _row("id number", numbers, entry.id_numbers, told),
        _row("gender", [party.gender], [entry.gender], told),
        _row("address", addresses, entry.addresses, {}),
    ]


def _row(
    field: str, mine: Sequence[object], listed: Sequence[object], told: dict[str, dict[str, object]]
) -> ComparisonRow:
    feature = told.get(field, {})
    return ComparisonRow(
        field=field, mine=_text(mine), listed=_text(listed), verdict=str(feature.get("verdict", "")),
        reason=str(feature.get("reason", "")),
    )  # fmt: skip


def _text(values: Sequence[object]) -> str:
    return "; ".join(str(value) for value in values if value)
