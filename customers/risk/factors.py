"""The factors of a rating: one small function each, 0 (no concern) to 100 points, with the real value in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.places import country_name
from core.words import said
from customers.risk.evidence import RiskSubject
from customers.risk.geography import CALL_FOR_ACTION, PUBLISHED_ON, TIERS

_ENOUGH_OWNERSHIP = Decimal(75)
_SHOWN_CODES, _NAMED_COUNTRIES = 20, 6


@dataclass(frozen=True)
class Finding:
    """`value` is what was looked at, `reason` says in words why it gave these points."""

    points: int
    value: str
    reason: str


def geography(subject: RiskSubject) -> Finding:
    """Countries of nationality, registration and address against the FATF lists (R.19)."""
    if not subject.countries:
        return Finding(50, "unknown", said("No country is known, so the risk of geography cannot be excluded."))
    listed = {code: TIERS[code] for code in subject.countries if code in TIERS}
    called = [code for code, tier in listed.items() if tier == CALL_FOR_ACTION]
    codes = called or list(listed) or list(subject.countries)
    values = {"countries": _in_a_row(_names(codes), _NAMED_COUNTRIES), "published_on": PUBLISHED_ON}
    if called:
        points, reason = (
            100,
            said("{countries} is subject to a FATF call for action (published {published_on}).", **values),
        )
    elif listed:
        points, reason = (
            60,
            said("{countries} is under increased monitoring by the FATF (published {published_on}).", **values),
        )
    else:
        points, reason = 5, said("{countries} is on no FATF list (published {published_on}).", **values)
    return Finding(points, _in_a_row(codes, _SHOWN_CODES), reason)


def _names(codes: Sequence[str]) -> list[str]:
    return [country_name(code) or code for code in codes]


def _in_a_row(texts: Sequence[str], most: int) -> str:
    """A long row is cut, since a reason is one sentence in a column of bounded width."""
    more = len(texts) - most
    return ", ".join(texts[:most]) + (said(" and {more} more", more=more) if more > 0 else "")


_PRODUCTS = {"private_banking": 70, "correspondent_banking": 90, "crypto": 80, "trade_finance": 65, "payments": 40,
             "current_account": 20, "savings": 10, "loan": 20, "insurance": 20}  # fmt: skip
_CHANNELS = {"face_to_face": 5, "branch": 5, "video": 25, "online": 35, "agent": 50, "intermediary": 60}
_OCCUPATIONS = {"arms dealer": 95, "casino": 80, "money service": 80, "precious metals": 70, "art dealer": 60,
                "real estate": 50, "politician": 70, "unemployed": 30}  # fmt: skip


def product(subject: RiskSubject) -> Finding:
    """The product asked for."""
    return _looked_up(subject.product, _PRODUCTS, said("product"), 35)


def channel(subject: RiskSubject) -> Finding:
    """How the relationship is opened; non-face-to-face raises the risk (FATF R.10, interpretive note 15)."""
    return _looked_up(subject.channel, _CHANNELS, said("channel"), 35)


def occupation(subject: RiskSubject) -> Finding:
    """The person's occupation, by words in it."""
    if subject.is_organisation:
        return Finding(0, said("not applicable"), said("Occupation does not apply to an organisation."))
    told = subject.occupation.lower()
    if not told:
        return Finding(30, "unknown", said("The occupation is not known."))
    points, word = max(((points, word) for word, points in _OCCUPATIONS.items() if word in told), default=(10, ""))
    return Finding(
        points,
        subject.occupation,
        f"{subject.occupation}: " + (said("contains “{word}”.", word=word) if word else "ordinary."),
    )


def ownership(subject: RiskSubject) -> Finding:
    """How much of an organisation's ownership is known (FATF R.24: beneficial owners)."""
    if not subject.is_organisation:
        return Finding(0, said("not applicable"), said("A person has no beneficial owners."))
    if not subject.owner_shares:
        return Finding(90, said("no owner"), said("No beneficial owner is declared."))
    known = sum((share for share in subject.owner_shares if share is not None), Decimal(0))
    points = 10 if known >= _ENOUGH_OWNERSHIP else 50
    return Finding(
        points,
        f"{known} %",
        said(
            "Declared owners: {number}, with {known} % of the shares in all.",
            number=len(subject.owner_shares),
            known=known,
        ),
    )


def pep(subject: RiskSubject) -> Finding:
    """Politically exposed persons among the parties (FATF R.12)."""
    if subject.evidence.pep:
        return Finding(100, "yes", said("A politically exposed person is among the confirmed matches."))
    return Finding(0, "no", said("No politically exposed person is confirmed."))


def screening(subject: RiskSubject) -> Finding:
    """What screening left: confirmed sanctions, then hits nobody has decided yet."""
    evidence = subject.evidence
    if evidence.sanction_confirmed:
        return Finding(100, "confirmed", said("A match with a sanctions list is confirmed."))
    if evidence.open_hits:
        top = (
            said(", the nearest with a similarity of {top_similarity}", top_similarity=evidence.top_similarity)
            if evidence.top_similarity
            else ""
        )
        return Finding(
            80,
            str(evidence.open_hits),
            said("Hits not decided: {number}{top}.", number=evidence.open_hits, top=top),
        )
    return Finding(0, "0", said("No hit is open."))


def document_quality(subject: RiskSubject) -> Finding:
    """How well identity is documented (FATF R.10: reliable, independent source documents)."""
    evidence = subject.evidence
    told = said(
        "{documents_verified} verified, {documents_doubtful} doubtful, {documents_refused} refused",
        documents_verified=evidence.documents_verified,
        documents_doubtful=evidence.documents_doubtful,
        documents_refused=evidence.documents_refused,
    )
    if evidence.documents_refused or not evidence.documents_verified:
        return Finding(70, told, said("Documents: {told}.", told=told))
    return Finding(40 if evidence.documents_doubtful else 5, told, said("Documents: {told}.", told=told))


def activity(subject: RiskSubject) -> Finding:
    """Alerts from monitoring that nobody has decided yet."""
    alerts = subject.evidence.open_alerts
    return Finding(
        70 if alerts else 0,
        str(alerts),
        said("Open alerts from monitoring: {number}.", number=alerts),
    )


FACTORS: dict[str, Callable[[RiskSubject], Finding]] = {
    "geography": geography, "product": product, "channel": channel, "occupation": occupation, "ownership": ownership, "pep": pep,
    "screening": screening, "document_quality": document_quality, "activity": activity,
}  # fmt: skip


def _looked_up(value: str, points: dict[str, int], name: str, otherwise: int) -> Finding:
    key = value.lower().replace(" ", "_").replace("-", "_")
    if not key:
        return Finding(otherwise, "unknown", said("The {factor_word} is not known.", factor_word=name))
    if key not in points:
        return Finding(
            otherwise,
            value,
            said(
                "The {factor_word} “{value}” has no points of its own.", factor_word=name, value=key.replace("_", " ")
            ),
        )
    return Finding(
        points[key],
        value,
        said("The {factor_word} stated is {value_word}.", factor_word=name, value_word=key.replace("_", " ")),
    )
