"""The permissions in words, grouped by what they are about: for whoever makes a role and for whoever reads their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.permissions import Permission as P  # noqa: N817 - the tables below read as words

GROUPS: dict[str, dict[P, str]] = {
    "Cases and decisions": {
        P.CASE_VIEW: "See cases", P.CASE_WORK: "Work cases", P.CASE_ASSIGN: "Assign cases to others",
        P.DECISION_PROPOSE: "Propose decisions", P.DECISION_APPROVE: "Approve what others proposed",
        P.POLICY_EDIT: "Change queues, deadlines and the decision policy", P.SUBMISSION_VIEW: "See submissions",
    },
    "Customers": {
        P.CUSTOMER_VIEW: "See customers", P.CUSTOMER_EDIT: "Change customers",
        P.IDENTIFIER_VIEW: "See identifying numbers and dates in clear",
        P.IDENTIFIER_REVEAL: "Have masked values shown, each look on the record",
        P.RATING_CONFIGURE: "Change how risk is rated",
        P.PRIVACY_VIEW: "See what customers asked about their data", P.PRIVACY_WORK: "Answer it: access, erasure, holds",
    },
    "Documents": {
        P.DOCUMENT_VIEW: "See documents", P.DOCUMENT_UPLOAD: "Add documents", P.DOCUMENT_REVIEW: "Judge documents",
        P.DOCUMENT_DOWNLOAD: "Download originals", P.DOCUMENT_RULE_EDIT: "Change what documents are checked for",
    },
    "Screening": {
        P.LIST_VIEW: "See lists", P.LIST_IMPORT: "Import and change lists", P.HIT_VIEW: "See hits",
        P.HIT_DISPOSE: "Judge hits", P.PARTY_SCREEN: "Screen a name",
    },
    "Monitoring": {
        P.TRANSACTION_VIEW: "See transactions", P.TRANSACTION_CREATE: "Add transactions", P.ALERT_VIEW: "See alerts",
        P.ALERT_DISPOSE: "Judge alerts", P.SCENARIO_VIEW: "See scenarios", P.SCENARIO_EDIT: "Write scenarios",
        P.SCENARIO_APPROVE: "Approve scenarios of others", P.RULE_LIST_EDIT: "Change the lists rules read",
        P.RULE_LIST_APPROVE: "Approve such changes of others", P.SAMPLING_VIEW: "See who is sampled as a control",
    },
    "Reports of suspicion": {
        P.FILING_VIEW: "See reports of suspicion", P.FILING_EDIT: "Write them", P.FILING_APPROVE: "Approve and file them",
        P.FILING_CONFIGURE: "Set up whom they go to",
    },
    "Workflows": {
        P.WORKFLOW_VIEW: "See workflows", P.WORKFLOW_EDIT: "Write workflows",
        P.WORKFLOW_APPROVE: "Approve workflows of others", P.RUN_VIEW: "See runs", P.RUN_OPERATE: "Repeat and end runs",
    },
    "The record and reports": {
        P.AUDIT_VIEW: "See the record", P.AUDIT_VIEW_PERSONAL: "See personal data in the record",
        P.AUDIT_VERIFY: "Verify the record", P.AUDIT_CLEAR: "Settle alarms about the record",
        P.REPORT_VIEW: "See dashboards", P.REPORT_EXPORT: "Export data and evidence",
    },
    "Notices and channels": {
        P.NOTIFICATION_VIEW: "Get notices", P.DELIVERY_VIEW: "See deliveries and the status of the installation",
        P.CHANNEL_MANAGE: "Set up channels", P.WEBHOOK_MANAGE: "Set up webhooks",
    },
    "People and programs": {
        P.PERSON_MANAGE: "Keep people, roles and how they sign in", P.ROLE_APPROVE: "Approve roles that others made",
        P.API_CLIENT_MANAGE: "Keep programs and their keys",
    },
}  # fmt: skip
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
