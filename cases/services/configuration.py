"""The decision policy, queues and reason codes."""

from typing import Any

from django.db import transaction

from audit.services import record
from cases import actions
from cases.enums import DecisionKind as K
from cases.models import DecisionPolicy, Queue, ReasonCode
from cases.policies import DEFAULT_RULES
from cases.selectors import current_policy
from core.actor import Actor, system_actor

_REASONS: dict[str, tuple[str, list[str]]] = {
    "identity_verified": ("Identity verified, nothing speaks against it", [K.APPROVE, K.APPROVE_WITH_EDD]),
    "false_positives": ("Every hit is a false positive", [K.APPROVE, K.APPROVE_WITH_EDD]),
    "risk_mitigated": ("The risk is understood and mitigated", [K.APPROVE, K.APPROVE_WITH_EDD]),
    "activity_explained": ("The activity is explained", [K.APPROVE, K.APPROVE_WITH_EDD]),
    "sanctioned": ("The customer or an owner is sanctioned", [K.REJECT, K.EXIT_RELATIONSHIP, K.FILE_SAR]),
    "identity_not_verified": ("The identity cannot be verified", [K.REJECT, K.EXIT_RELATIONSHIP]),
    "documents_not_acceptable": ("The documents are not acceptable", [K.REJECT]),
    "outside_appetite": ("The risk is outside the appetite", [K.REJECT, K.EXIT_RELATIONSHIP]),
    "suspicious_activity": ("The activity is suspicious", [K.FILE_SAR, K.EXIT_RELATIONSHIP]),
}
_QUEUES = {"Onboarding": 48, "Monitoring": 72}


@transaction.atomic
def ensure_case_configuration() -> None:
    """Makes the default queues, reason codes and decision policy where there are none yet."""
    for name, hours in _QUEUES.items():
        Queue.objects.get_or_create(name=name, defaults={"sla_hours": hours})
    for code, (sentence, kinds) in _REASONS.items():
        ReasonCode.objects.get_or_create(code=code, defaults={"sentence": sentence, "kinds": kinds})
    policy_in_force()


def policy_in_force() -> DecisionPolicy:
    """The decision policy in force; publishes the default one where there is none yet."""
    return current_policy() or publish_decision_policy(rules=DEFAULT_RULES, by=system_actor("shipped decision policy"))


@transaction.atomic
def publish_decision_policy(*, rules: dict[str, Any], by: Actor) -> DecisionPolicy:
    """A new version of the decision policy, in force from now on. Side effects: the version, an audit entry."""
    before = current_policy()
    number = before.number + 1 if before else 1
    policy = DecisionPolicy.objects.create(number=number, rules=rules, published_by=by.name)
    record(
        actions.POLICY_PUBLISHED, by=by, object_type="decision_policy", object_id=policy.pk, stream="config",
        before=before.rules if before else None, after={"number": number, "rules": rules},
    )  # fmt: skip
    return policy
