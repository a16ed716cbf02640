"""Customer and listed party side by side: one row a field, with the verdict, its weight and the letters that differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.words import said
from screening.letters import Marked, Part, marked_names, marked_values
from screening.matching.counterfactual import Counterfactual, counterfactuals
from screening.matching.evidence import AGREES, CONFLICTS, MISSING, Evidence
from screening.models import Hit

_SAME_NAME = 1.0


@dataclass(frozen=True)
class ComparisonRow:
    """What each side says with what differs, the verdict (`agrees`, `conflicts`, `missing`), its weight and why.

    `weight` is None where the field counts nothing: then it is shown for the reader alone.
    """

    field: str
    mine: Sequence[Marked]
    listed: Sequence[Marked]
    verdict: str
    weight: float | None
    reason: str


def features_of(hit: Hit) -> list[Evidence]:
    """The features that the hit was raised with, as the engine had them."""
    keys = ("feature", "verdict", "weight", "reason")
    return [Evidence(**{key: feature[key] for key in keys}) for feature in hit.features]


def counterfactuals_of(hit: Hit) -> list[Counterfactual]:
    """What the evidence would be without each feature that counts."""
    return counterfactuals(features_of(hit))


def comparison_rows(hit: Hit) -> list[ComparisonRow]:
    """The rows in the order a reviewer reads them; verdicts and weights are those the hit was raised with."""
    party, entry = hit.party, hit.entry
    told = {feature.feature: feature for feature in features_of(hit)}
    addresses = [f"{item.street} {item.city} {item.country}".strip() for item in party.addresses.all()]
    numbers = [item.value for item in party.identifiers.all()]
    born = [party.birth_date.isoformat()] if party.birth_date else []
    other_names = [name for name in (entry.name, *entry.aliases, *entry.weak_aliases) if name != hit.listed_name]
    known_as = [name for name in (party.name, *party.aliases) if name != hit.query_name]
    return [
        _name(hit),
        _plain("aliases", known_as, other_names),
        _row(said("birth date"), born, entry.birth_dates, told),
        _row("country", [*party.nationalities, party.country], entry.countries, told),
        _row(said("id number"), numbers, entry.id_numbers, told),
        _row("gender", [party.gender], [entry.gender], told),
        _plain("address", addresses, entry.addresses),
        _plain("position", [party.occupation], entry.positions),
    ]


def _name(hit: Hit) -> ComparisonRow:
    mine, listed = marked_names(hit.query_name, hit.listed_name)
    similarity = float(hit.similarity)
    told = said("the same words") if similarity == _SAME_NAME else "; ".join(hit.alignment)
    return ComparisonRow("name", [mine], [listed], AGREES, similarity, told)


def _row(field: str, mine: Sequence[str], listed: Sequence[str], told: dict[str, Evidence]) -> ComparisonRow:
    left, right = _filled(mine), _filled(listed)
    feature = told.get(field, Evidence(field, MISSING, 0.0, ""))
    marked = marked_values(left, right) if feature.verdict == CONFLICTS else (_unmarked(left), _unmarked(right))
    return ComparisonRow(field, *marked, feature.verdict, feature.weight, feature.reason)


def _plain(field: str, mine: Sequence[str], listed: Sequence[str]) -> ComparisonRow:
    return ComparisonRow(field, _unmarked(_filled(mine)), _unmarked(_filled(listed)), "", None, "")


def _filled(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _unmarked(values: Sequence[str]) -> list[Marked]:
    return [(Part(value, False),) for value in values]
