"""The permissions in words, grouped by what they are about: for whoever makes a role and for whoever reads their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.permissions import Permission as P  # noqa: N817 - the tables below read as words
from core.words import said

GROUPS: dict[str, dict[P, str]] = {
    said("Cases and decisions"): {
        P.CASE_VIEW: said("See cases"),
        P.CASE_WORK: said("Work cases"),
        P.CASE_ASSIGN: said("Assign cases to others"),
        P.DECISION_PROPOSE: said("Propose decisions"),
        P.DECISION_APPROVE: said("Approve what others proposed"),
        P.POLICY_EDIT: said("Change queues, deadlines and the decision policy"),
        P.SUBMISSION_VIEW: said("See submissions"),
        P.SUBMISSION_CREATE: said("Send submissions"),
    },
    said("Customers"): {
        P.CUSTOMER_VIEW: said("See customers"),
        P.CUSTOMER_EDIT: said("Change customers"),
        P.IDENTIFIER_VIEW: said("See identifying numbers and dates in clear"),
        P.IDENTIFIER_REVEAL: said("Have masked values shown, each look on the record"),
        P.RATING_CONFIGURE: said("Change how risk is rated"),
        P.PRIVACY_VIEW: said("See what customers asked about their data"),
        P.PRIVACY_WORK: said("Answer it: access, erasure, holds"),
    },
    said("Documents"): {
        P.DOCUMENT_VIEW: said("See documents"),
        P.DOCUMENT_UPLOAD: said("Add documents"),
        P.DOCUMENT_REVIEW: said("Judge documents"),
        P.DOCUMENT_DOWNLOAD: said("Download originals"),
        P.DOCUMENT_RULE_EDIT: said("Change what documents are checked for"),
    },
    said("Screening"): {
        P.LIST_VIEW: said("See lists"),
        P.LIST_IMPORT: said("Import and change lists"),
        P.HIT_VIEW: said("See hits"),
        P.HIT_DISPOSE: said("Judge hits"),
        P.PARTY_SCREEN: said("Screen a name"),
    },
    said("Monitoring"): {
        P.TRANSACTION_VIEW: said("See transactions"),
        P.TRANSACTION_CREATE: said("Add transactions"),
        P.ALERT_VIEW: said("See alerts"),
        P.ALERT_DISPOSE: said("Judge alerts"),
        P.SCENARIO_VIEW: said("See scenarios"),
        P.SCENARIO_EDIT: said("Write scenarios"),
        P.SCENARIO_APPROVE: said("Approve scenarios of others"),
        P.RULE_LIST_EDIT: said("Change the lists rules read"),
        P.RULE_LIST_APPROVE: said("Approve such changes of others"),
        P.SAMPLING_VIEW: said("See who is sampled as a control"),
    },
    said("Reports of suspicion"): {
        P.FILING_VIEW: said("See reports of suspicion"),
        P.FILING_EDIT: said("Write them"),
        P.FILING_APPROVE: said("Approve and file them"),
        P.FILING_CONFIGURE: said("Set up whom they go to"),
    },
    said("Workflows"): {
        P.WORKFLOW_VIEW: said("See workflows"),
        P.WORKFLOW_EDIT: said("Write workflows"),
        P.WORKFLOW_APPROVE: said("Approve workflows of others"),
        P.RUN_VIEW: said("See runs"),
        P.RUN_OPERATE: said("Repeat and end runs"),
    },
    said("The record and reports"): {
        P.AUDIT_VIEW: said("See the record"),
        P.AUDIT_VIEW_PERSONAL: said("See personal data in the record"),
        P.AUDIT_VERIFY: said("Verify the record"),
        P.AUDIT_CLEAR: said("Settle alarms about the record"),
        P.REPORT_VIEW: said("See dashboards"),
        P.REPORT_EXPORT: said("Export data and evidence"),
    },
    said("Notices and channels"): {
        P.NOTIFICATION_VIEW: said("Get notices"),
        P.DELIVERY_VIEW: said("See deliveries and the status of the installation"),
        P.CHANNEL_MANAGE: said("Set up channels"),
        P.WEBHOOK_MANAGE: said("Set up webhooks"),
    },
    said("People and programs"): {
        P.PERSON_MANAGE: said("Keep people, roles and how they sign in"),
        P.ROLE_APPROVE: said("Approve roles that others made"),
        P.API_CLIENT_MANAGE: said("Keep programs and their keys"),
    },
}
WORDS: dict[P, str] = {permission: words for group in GROUPS.values() for permission, words in group.items()}


@dataclass(frozen=True)
class Group:
    """Some permissions about the same thing, in words."""

    title: str
    words: list[str]


def in_words(permissions: Iterable[str]) -> list[Group]:
    """These permissions by group, in the order of the vocabulary; groups without any are left out."""
    held = set(permissions)
    found = [Group(title, [told for one, told in group.items() if one in held]) for title, group in GROUPS.items()]
    return [group for group in found if group.words]
