"""Rating customers, and the policy they are rated under."""

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.exceptions import Fault
from customers import actions
from customers.enums import DueDiligence, PartyKind
from customers.exceptions import RatingPolicyInvalid
from customers.models import (
    Customer,
    RatingFactor,
    RatingPolicy,
    RiskRating,
)
from customers.risk.evidence import RiskEvidence, RiskSubject
from customers.risk.policy import policy_as_json, policy_from_json
from customers.risk.rating import DEFAULT_POLICY, PolicyShape, Rating, rate
from customers.selectors import current_policy, parties_of_customer


@transaction.atomic
def rate_customer(*, customer: Customer, evidence: RiskEvidence, by: Actor, stream: str = "") -> RiskRating:
    """Rates the customer under the policy in force and keeps every factor's contribution with its reason.

    Side effects: the default policy on first use, the rating, its factors, the customer's level, an audit entry.
    """
    policy = ensure_rating_policy()
    shape, faults = policy_from_json(policy.factors)
    if shape is None:
        raise RatingPolicyInvalid("The rating policy in force is broken.", [Fault(*fault) for fault in faults])
    rating = rate(_subject(customer, evidence), shape)
    row = _write_rating(customer, policy, rating)
    after = {"level": rating.level, "score": rating.score, "policy": policy.number}
    record(actions.RATED, by=by, object_type="customer", object_id=customer.pk, stream=stream, after=after)
    return row


def _subject(customer: Customer, evidence: RiskEvidence) -> RiskSubject:
    parties = parties_of_customer(customer)
    countries = [code for party in parties for code in (*party.nationalities, party.country) if code]
    countries += [address.country for party in parties for address in party.addresses.all()]
    return RiskSubject(
        is_organisation=customer.party.kind == PartyKind.ORGANISATION,
        countries=tuple(dict.fromkeys(countries)),
        product=customer.product,
        channel=customer.channel,
        occupation=customer.party.occupation,
        owner_shares=tuple(customer.owners.values_list("share_percent", flat=True)),
        evidence=evidence,
    )


def _write_rating(customer: Customer, policy: RatingPolicy, rating: Rating) -> RiskRating:
    level = DueDiligence.EDD if rating.enhanced else DueDiligence.CDD
    row = RiskRating.objects.create(
        customer=customer, policy=policy, level=rating.level, due_diligence=level, score=rating.score
    )
    RatingFactor.objects.bulk_create([RatingFactor(rating=row, **vars(part)) for part in rating.contributions])
    Customer.objects.filter(pk=customer.pk).update(risk_level=rating.level)
    return row


@transaction.atomic
def ensure_rating_policy() -> RatingPolicy:
    """The policy in force; publishes the default one where there is none yet."""
    return current_policy() or publish_rating_policy(
        factors=policy_as_json(DEFAULT_POLICY), by=system_actor("shipped rating policy")
    )


@transaction.atomic
def publish_rating_policy(*, factors: dict[str, object], by: Actor) -> RatingPolicy:
    """A new version of the rating policy, in force from now on; former ratings keep theirs.

    Side effects: the version, an audit entry. Raises RatingPolicyInvalid.
    """
    shape, faults = policy_from_json(factors)
    if shape is None:
        raise RatingPolicyInvalid("The rating policy is not valid.", [Fault(*fault) for fault in faults])
    before = current_policy()
    number = before.number + 1 if before else 1
    policy = RatingPolicy.objects.create(number=number, factors=policy_as_json(shape), published_by=by.name)
    record(
        actions.POLICY_PUBLISHED, by=by, object_type="rating_policy", object_id=policy.pk, stream="config",
        before=before.factors if before else None, after=policy.factors | {"number": number},
    )  # fmt: skip
    return policy


def policy_in_force() -> PolicyShape:
    """The policy in force as the engine's shape."""
    shape, _ = policy_from_json(ensure_rating_policy().factors)
    return shape or DEFAULT_POLICY
