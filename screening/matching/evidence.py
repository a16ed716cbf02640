"""What speaks for and against two parties being one, apart from how alike their names are. No single conflict is a veto.

Weights are on the scale of the similarity of names, to which their sum is added.
"""

from dataclasses import dataclass
from datetime import date

from core.words import said
from screening.matching.normalise import words_of
from screening.matching.policy import DEFAULT_POLICY, EvidenceWeights

AGREES, CONFLICTS, MISSING = "agrees", "conflicts", "missing"
_YEAR, _DAY = 4, 10
_NEAR_YEARS = 1
_GAP_YEARS = 10
_SHORTEST_NUMBER, _SHORTEST_PLACE = 5, 4


@dataclass(frozen=True)
class Evidence:
    """One feature: verdict, its weight on the scale -1 (against) to 1 (for), and why in words."""

    feature: str
    verdict: str
    weight: float
    reason: str


@dataclass(frozen=True)
class PartyFacts:
    """What is known of a party beside its names. Dates are ISO, as precise as known."""

    schema: str
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()
    gender: str = ""
    addresses: tuple[str, ...] = ()


def compare(
    query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights = DEFAULT_POLICY.evidence
) -> tuple[Evidence, ...]:
    """Every feature of evidence, in the order a reviewer reads them."""
    return (
        _birth_date(query, listed, weights),
        _country(query, listed, weights),
        _id_number(query, listed, weights),
        _gender(query, listed, weights),
        _address(query, listed, weights),
    )


def rarity(surprise: float, weights: EvidenceWeights = DEFAULT_POLICY.evidence) -> Evidence:
    """How much the words that agree say: a shared rare surname says more than a shared Mohammed Ali."""
    if surprise >= weights.rare_to:
        share = min(1.0, (surprise - weights.rare_to) / (weights.rare_from - weights.rare_to))
        return Evidence("rarity", AGREES, round(weights.rare * share, 4), "the words that agree are rare on the lists")
    if surprise >= weights.common_from:
        return Evidence("rarity", MISSING, 0.0, "the words that agree are neither rare nor common on the lists")
    share = min(1.0, (weights.common_from - surprise) / (weights.common_from - weights.common_to))
    return Evidence(
        "rarity", CONFLICTS, round(weights.common * share, 4), "the words that agree are common on the lists"
    )


def total(evidence: tuple[Evidence, ...]) -> float:
    """The sum of the weights, kept within -1 and 1."""
    return max(-1.0, min(1.0, sum(item.weight for item in evidence)))


def _birth_date(query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights) -> Evidence:
    if not query.birth_dates or not listed.birth_dates:
        return Evidence("birth date", MISSING, 0.0, "a birth date is missing on one side")
    weight, told = max(_dates(one, other, weights) for one in query.birth_dates for other in listed.birth_dates)
    return Evidence("birth date", AGREES if weight > 0 else CONFLICTS, weight, told)


def _dates(one: str, other: str, weights: EvidenceWeights) -> tuple[float, str]:
    """Weight and words for two dates. One digit off or day and month swapped is near: data is typed by people."""
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        if shared == _DAY:
            return weights.same_date, said("{one} is the listed date", one=one)
        return weights.fitting_date, said("{one} fits the listed {other}", one=one, other=other)
    if shared == _DAY and one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return weights.swapped_date, said("{one} and {other} have day and month swapped", one=one, other=other)
    if shared == _DAY and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return weights.one_digit, said("{one} and {other} differ in one digit", one=one, other=other)
    return _years(one, other, weights)


def _years(one: str, other: str, weights: EvidenceWeights) -> tuple[float, str]:
    if not (one[:_YEAR].isdigit() and other[:_YEAR].isdigit()):
        return 0.0, said("{one} and {other} cannot be compared", one=one, other=other)
    years = abs(int(one[:_YEAR]) - int(other[:_YEAR]))
    if years <= _NEAR_YEARS:
        return weights.near_year, said(
            "{one} and {other} differ by at most {near_years} year", one=one, other=other, near_years=_NEAR_YEARS
        )
    return (weights.far_year if years >= _GAP_YEARS else weights.other_year), said(
        "{one} and {other} lie {years} years apart", one=one, other=other, years=years
    )


def _country(query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights) -> Evidence:
    if not query.countries or not listed.countries:
        return Evidence("country", MISSING, 0.0, "a country is missing on one side")
    shared = sorted(set(query.countries) & set(listed.countries))
    if shared:
        return Evidence("country", AGREES, weights.same_country, said("both name {shared}", shared=", ".join(shared)))
    told = said(
        "{countries} on one side, {countries_2} on the other",
        countries=", ".join(query.countries),
        countries_2=", ".join(listed.countries),
    )
    return Evidence("country", CONFLICTS, weights.other_country, told)


def _id_number(query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights) -> Evidence:
    mine = {_plain(number) for number in query.id_numbers}
    theirs = {_plain(number) for number in listed.id_numbers}
    if not mine or not theirs:
        return Evidence("id number", MISSING, 0.0, "an id number is missing on one side")
    if any(len(number) >= _SHORTEST_NUMBER for number in mine & theirs):
        return Evidence("id number", AGREES, weights.same_id, "the same id number")
    return Evidence("id number", MISSING, 0.0, "other id numbers, which people have several of")


def _gender(query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights) -> Evidence:
    if not query.gender or not listed.gender:
        return Evidence("gender", MISSING, 0.0, "a gender is missing on one side")
    if query.gender == listed.gender:
        return Evidence("gender", AGREES, weights.same_gender, said("both are {gender}", gender=query.gender))
    return Evidence(
        "gender",
        CONFLICTS,
        weights.other_gender,
        said("{gender} on one side, {gender_2} on the other", gender=query.gender, gender_2=listed.gender),
    )


def _address(query: PartyFacts, listed: PartyFacts, weights: EvidenceWeights) -> Evidence:
    if not query.addresses or not listed.addresses:
        return Evidence("address", MISSING, 0.0, "an address is missing on one side")
    mine, theirs = (
        {word for address in side.addresses for word in words_of(address) if len(word) >= _SHORTEST_PLACE}
        for side in (query, listed)
    )
    shared = sorted(mine & theirs)
    if len(shared) > 1:
        return Evidence("address", AGREES, weights.same_place, said("both name {shared}", shared=", ".join(shared[:4])))
    return Evidence("address", MISSING, 0.0, "other addresses, which people move between")


def _plain(number: str) -> str:
    return "".join(char for char in number.upper() if char.isalnum())


def iso_date(day: date | None) -> tuple[str, ...]:
    """A date as the engine takes it."""
    return () if day is None else (day.isoformat(),)
