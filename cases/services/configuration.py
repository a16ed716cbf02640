"""What ships: queues, reason codes, blueprints; publishing the decision policy."""

from typing import Any

from django.db import transaction

from accounts.selectors import roles_that_may
from audit.services import record
from cases import actions
from cases.blueprints.eyes import DEFAULT_EYES, read_eyes
from cases.blueprints.reading import exact
from cases.enums import BlueprintKind
from cases.enums import DecisionKind as K
from cases.models import DecisionPolicy, Queue, ReasonCode
from cases.policies import DEFAULT_RULES, policy_faults
from cases.selectors import blueprint_versions, current_policy, shipped_body
from cases.services.blueprints import publish_blueprint
from core.actor import Actor, system_actor
from core.exceptions import InvalidInput
from core.permissions import Permission
from core.words import said
from monitoring.enums import AlertDisposition as D
from monitoring.enums import AlertReason as R

_REASONS: dict[str, tuple[str, list[str]]] = {
    "identity_verified": (said("Identity verified, nothing speaks against it"), [K.APPROVE, K.APPROVE_WITH_EDD]),
    "false_positives": (said("Every hit is a false positive"), [K.APPROVE, K.APPROVE_WITH_EDD]),
    "risk_mitigated": (said("The risk is understood and mitigated"), [K.APPROVE, K.APPROVE_WITH_EDD]),
    "activity_explained": (said("The activity is explained"), [K.APPROVE, K.APPROVE_WITH_EDD]),
    "sanctioned": (said("The customer or an owner is sanctioned"), [K.REJECT, K.EXIT_RELATIONSHIP, K.FILE_SAR]),
    "identity_not_verified": (said("The identity cannot be verified"), [K.REJECT, K.EXIT_RELATIONSHIP]),
    "documents_not_acceptable": (said("The documents are not acceptable"), [K.REJECT]),
    "outside_appetite": (said("The risk is outside the appetite"), [K.REJECT, K.EXIT_RELATIONSHIP]),
    "suspicious_activity": (said("The activity is suspicious"), [K.FILE_SAR, K.EXIT_RELATIONSHIP]),
}
_DISMISSALS: dict[str, tuple[str, D, R]] = {
    "usual_business": (said("The activity is usual for this customer"), D.EXPLAINED, R.USUAL_BUSINESS),
    "source_documented": (said("Source and purpose are documented"), D.EXPLAINED, R.SOURCE_DOCUMENTED),
    "wrong_data": (said("The data was wrong"), D.FALSE_POSITIVE, R.WRONG_DATA),
    "rule_too_wide": (said("The scenario is set too wide"), D.FALSE_POSITIVE, R.RULE_TOO_WIDE),
}
_QUEUES = {"Onboarding": 40, "Monitoring": 40}


@transaction.atomic
def ensure_case_configuration() -> None:
    """Makes the default queues, reason codes, blueprints and decision policy where there are none yet."""
    for name, hours in _QUEUES.items():
        Queue.objects.get_or_create(name=name, defaults={"sla_hours": hours})
    for code, (sentence, kinds) in _REASONS.items():
        ReasonCode.objects.get_or_create(code=code, defaults={"sentence": sentence, "kinds": kinds})
    for code, (sentence, disposition, reason) in _DISMISSALS.items():
        told = {"sentence": sentence, "kinds": [K.DISMISS], "alert_disposition": disposition, "alert_reason": reason}
        ReasonCode.objects.get_or_create(code=code, defaults=told)
    for kind in BlueprintKind:
        if not blueprint_versions(kind).exists():
            publish_blueprint(kind=kind, body=shipped_body(kind), by=system_actor("shipped blueprints"))
    policy_in_force()


def policy_in_force() -> DecisionPolicy:
    """The decision policy in force; publishes the default one where there is none yet."""
    return current_policy() or publish_decision_policy(
        rules=DEFAULT_RULES | {"four_eyes": DEFAULT_EYES}, by=system_actor("shipped decision policy")
    )


@transaction.atomic
def publish_decision_policy(*, rules: dict[str, Any], by: Actor) -> DecisionPolicy:
    """A new version of the decision policy, in force from now on. Side effects: the version, an audit entry.

    Raises InvalidInput with every fault.
    """
    approvers = roles_that_may(Permission.DECISION_APPROVE)
    faults = [*policy_faults(rules, approvers), *(read_eyes(rules)[1] if "four_eyes" in rules else [])]
    if faults:
        raise InvalidInput("The decision policy is not valid.", faults)
    before = current_policy()
    number = before.number + 1 if before else 1
    policy = DecisionPolicy.objects.create(number=number, rules=rules, published_by=by.name)
    record(
        actions.POLICY_PUBLISHED, by=by, object_type="decision_policy", object_id=policy.pk, stream="config",
        before=exact(before.rules) if before else None, after={"number": number, "rules": exact(rules)},
    )  # fmt: skip
    return policy
