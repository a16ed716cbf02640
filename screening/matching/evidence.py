"""What speaks for and against two parties being one, apart from the name. No single conflict is a veto."""

from dataclasses import dataclass
from datetime import date

AGREES, CONFLICTS, MISSING = "agrees", "conflicts", "missing"
_YEAR = 4
_NEAR_YEARS = 1
_GAP_YEARS = 10


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


def compare(query: PartyFacts, listed: PartyFacts) -> tuple[Evidence, ...]:
    """Every feature of evidence, in the order a reviewer reads them."""
    return (
        _birth_date(query, listed),
        _country(query, listed),
        _id_number(query, listed),
        _gender(query, listed),
    )


def total(evidence: tuple[Evidence, ...]) -> float:
    """The sum of the weights, kept within -1 and 1."""
    return max(-1.0, min(1.0, sum(item.weight for item in evidence)))


def _birth_date(query: PartyFacts, listed: PartyFacts) -> Evidence:
    if not query.birth_dates or not listed.birth_dates:
        return Evidence("birth date", MISSING, 0.0, "a birth date is missing on one side")
    weight, told = max(_dates(one, other) for one in query.birth_dates for other in listed.birth_dates)
    return Evidence("birth date", AGREES if weight > 0 else CONFLICTS, weight, told)


def _dates(one: str, other: str) -> tuple[float, str]:
    """Weight and words for two dates. One digit off or day and month swapped is near: data is typed by people."""
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        exact = shared == len("YYYY-MM-DD")
        return (0.5, f"{one} is the listed date") if exact else (0.25, f"{one} fits the listed {other}")
    if shared == len("YYYY-MM-DD") and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return 0.1, f"{one} and {other} differ in one digit"
    if shared == len("YYYY-MM-DD") and one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return 0.2, f"{one} and {other} have day and month swapped"
    years = abs(int(one[:_YEAR]) - int(other[:_YEAR]))
    if years <= _NEAR_YEARS:
        return -0.1, f"{one} and {other} differ by at most {_NEAR_YEARS} year"
    return (-0.7 if years >= _GAP_YEARS else -0.45), f"{one} and {other} lie {years} years apart"


def _country(query: PartyFacts, listed: PartyFacts) -> Evidence:
    if not query.countries or not listed.countries:
        return Evidence("country", MISSING, 0.0, "a country is missing on one side")
    shared = sorted(set(query.countries) & set(listed.countries))
    if shared:
        return Evidence("country", AGREES, 0.15, f"both name {', '.join(shared)}")
    told = f"{', '.join(query.countries)} on one side, {', '.join(listed.countries)} on the other"
    return Evidence("country", CONFLICTS, -0.2, told)


def _id_number(query: PartyFacts, listed: PartyFacts) -> Evidence:
    mine = {_plain(number) for number in query.id_numbers}
    theirs = {_plain(number) for number in listed.id_numbers}
    if not mine or not theirs:
        return Evidence("id number", MISSING, 0.0, "an id number is missing on one side")
    if mine & theirs:
        return Evidence("id number", AGREES, 1.0, "the same id number")
    return Evidence("id number", MISSING, 0.0, "other id numbers, which people have several of")


def _gender(query: PartyFacts, listed: PartyFacts) -> Evidence:
    if not query.gender or not listed.gender:
        return Evidence("gender", MISSING, 0.0, "a gender is missing on one side")
    if query.gender == listed.gender:
        return Evidence("gender", AGREES, 0.02, f"both are {query.gender}")
    return Evidence("gender", CONFLICTS, -0.2, f"{query.gender} on one side, {listed.gender} on the other")


def _plain(number: str) -> str:
    return "".join(char for char in number.upper() if char.isalnum())


def iso_date(day: date | None) -> tuple[str, ...]:
    """A date as the engine takes it."""
    return () if day is None else (day.isoformat(),)
