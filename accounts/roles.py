"""Shipped roles as code: one sentence each and what it grants; nobody changes them.

A person has one role, a shipped one or one of the house (`accounts.models.CustomRole`); ask `person.permissions`. A
program is always a service account.
"""

from dataclasses import dataclass

from accounts.enums import Role
from core.permissions import Permission as P  # noqa: N817 - the tables below read as words


@dataclass(frozen=True)
class RoleDefinition:
    """`sentence` is shown to administrators; `permissions` is everything the role may do."""

    sentence: str
    permissions: frozenset[P]


_LOOK = frozenset({
    P.CASE_VIEW, P.CUSTOMER_VIEW, P.DOCUMENT_VIEW, P.HIT_VIEW, P.LIST_VIEW, P.TRANSACTION_VIEW, P.ALERT_VIEW,
    P.SCENARIO_VIEW, P.WORKFLOW_VIEW, P.RUN_VIEW, P.REPORT_VIEW, P.NOTIFICATION_VIEW, P.SUBMISSION_VIEW, P.AUDIT_VIEW,
})  # fmt: skip
_WORK = _LOOK | {
    P.CASE_WORK, P.DECISION_PROPOSE, P.HIT_DISPOSE, P.ALERT_DISPOSE, P.DOCUMENT_REVIEW, P.DOCUMENT_UPLOAD,
    P.CUSTOMER_EDIT, P.TRANSACTION_CREATE, P.PARTY_SCREEN, P.IDENTIFIER_VIEW,
}  # fmt: skip
_REVIEW = _WORK | {
    P.DECISION_APPROVE, P.CASE_ASSIGN, P.DOCUMENT_DOWNLOAD, P.REPORT_EXPORT, P.RUN_OPERATE, P.FILING_VIEW, P.FILING_EDIT,
    P.PRIVACY_VIEW, P.PRIVACY_WORK,
}  # fmt: skip

ROLES: dict[Role, RoleDefinition] = {
    Role.ANALYST: RoleDefinition("Works cases: examines the evidence and proposes a decision.", _WORK),
    Role.REVIEWER: RoleDefinition("Works cases and approves what somebody else proposed.", _REVIEW),
    Role.MLRO: RoleDefinition(
        "Answers for suspicious activity reports and approves the gravest decisions.",
        _REVIEW
        | {
            P.AUDIT_VIEW_PERSONAL,
            P.AUDIT_CLEAR,
            P.FILING_APPROVE,
            P.ROLE_APPROVE,
            P.WORKFLOW_APPROVE,
            P.SCENARIO_APPROVE,
            P.RULE_LIST_APPROVE,
            P.SAMPLING_VIEW,
        },
    ),
    Role.AUDITOR: RoleDefinition(
        "Sees everything including the record, verifies it and settles its alarms; changes nothing else.",
        _LOOK
        | {
            P.IDENTIFIER_REVEAL,
            P.AUDIT_VIEW_PERSONAL,
            P.AUDIT_VERIFY,
            P.AUDIT_CLEAR,
            P.REPORT_EXPORT,
            P.DELIVERY_VIEW,
            P.FILING_VIEW,
            P.PRIVACY_VIEW,
            P.SAMPLING_VIEW,
        },
    ),
    Role.ADMINISTRATOR: RoleDefinition(
        "Keeps lists, rules, workflows, people and API clients; decides no case.",
        frozenset(
            {
                P.LIST_VIEW,
                P.LIST_IMPORT,
                P.SCENARIO_VIEW,
                P.SCENARIO_EDIT,
                P.SCENARIO_APPROVE,
                P.RULE_LIST_EDIT,
                P.RULE_LIST_APPROVE,
                P.SAMPLING_VIEW,
                P.WORKFLOW_VIEW,
                P.WORKFLOW_EDIT,
                P.WORKFLOW_APPROVE,
                P.RUN_VIEW,
                P.RUN_OPERATE,
                P.RATING_CONFIGURE,
                P.DOCUMENT_RULE_EDIT,
                P.POLICY_EDIT,
                P.FILING_CONFIGURE,
                P.PERSON_MANAGE,
                P.ROLE_APPROVE,
                P.API_CLIENT_MANAGE,
                P.REPORT_VIEW,
                P.NOTIFICATION_VIEW,
                P.DELIVERY_VIEW,
                P.CHANNEL_MANAGE,
                P.WEBHOOK_MANAGE,
                P.AUDIT_VIEW,
                P.AUDIT_VERIFY,
                P.CASE_VIEW,
                P.CASE_ASSIGN,
            }
        ),
    ),
    Role.SERVICE_ACCOUNT: RoleDefinition(
        "A program: sends submissions and transactions and reads its own; never an eye of the four.",
        frozenset(
            {
                P.SUBMISSION_CREATE,
                P.SUBMISSION_VIEW,
                P.DOCUMENT_UPLOAD,
                P.TRANSACTION_CREATE,
                P.TRANSACTION_VIEW,
                P.CUSTOMER_VIEW,
                P.IDENTIFIER_VIEW,
                P.PARTY_SCREEN,
                P.ALERT_VIEW,
                P.SCENARIO_VIEW,
                P.RULE_LIST_EDIT,
                P.WEBHOOK_MANAGE,
            }
        ),
    ),
}


def permissions_of(role: str) -> frozenset[P]:
    """Everything a shipped role grants; of any other, nothing."""
    return ROLES[Role(role)].permissions if role in Role.values else frozenset()
