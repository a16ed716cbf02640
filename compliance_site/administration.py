"""What the administration page leads to: every part that is set in the product, in groups, with who may open it."""

from dataclasses import dataclass
from typing import Any

from core.permissions import Permission as P  # noqa: N817 - the table below reads as words


@dataclass(frozen=True)
class Entry:
    """A page: its name, what is done there in a sentence, its URL's name, an icon of Tabler's set, who may open it."""

    title: str
    sentence: str
    url_name: str
    icon: str
    permission: P


@dataclass(frozen=True)
class Section:
    """Pages that belong together."""

    title: str
    entries: tuple[Entry, ...]


SECTIONS = (
    Section("Controls", (
        Entry("Lists", "What customers are screened against: versions, entries, imports.", "screening:list_list",
              "list-search", P.LIST_VIEW),
        Entry("Screening thresholds", "What another threshold would have raised, gained and lost.",
              "screening:threshold_sweep", "adjustments-horizontal", P.LIST_IMPORT),
        Entry("Scenarios", "What transactions are watched for: rules, parameters, alerts.",
              "monitoring:scenario_list", "radar-2", P.SCENARIO_VIEW),
        Entry("Lists in rules", "Countries, words and other values that scenarios look into: versions, approval, who uses them.",
              "monitoring:rule_list_list", "list-details", P.SCENARIO_VIEW),
        Entry("Models", "What ranks transactions and entries: versions, how good they are, who approved them.",
              "monitoring:model_list", "chart-dots", P.SCENARIO_VIEW),
        Entry("Blind queue", "Alerts and what nearly was one, judged without knowing which.", "monitoring:blind_list",
              "eye-off", P.ALERT_DISPOSE),
        Entry("Below the line", "What scenarios missed: rows that nearly fired, judged blind; which limits would have caught them.",
              "monitoring:sampling_report", "eye-search", P.SAMPLING_VIEW),
        Entry("Labels", "What people say of single transactions: flags, imported labels, taken back.",
              "monitoring:label_list", "tag", P.ALERT_DISPOSE),
        Entry("Label quality", "How far people agree on alerts, what second persons change, and what the model's word does.",
              "monitoring:label_quality", "checkup-list", P.SAMPLING_VIEW),
        Entry("Exchange rates", "How amounts become the base currency's.", "monitoring:rate_list", "currency-euro",
              P.SCENARIO_EDIT),
        Entry("Imports", "Files of transactions and process events: uploaded, looked at, taken in; what became of them.",
              "monitoring:import_list", "file-import", P.TRANSACTION_CREATE),
    )),
    Section("Policies", (
        Entry("Customer rating", "Weights and thresholds of the risk rating.", "customers:rating_policy", "scale",
              P.RATING_CONFIGURE),
        Entry("Blueprints", "Queues and teams, business hours, deadlines, priority, checklists, four eyes, reason codes.",
              "cases:blueprint_list", "layout-kanban", P.POLICY_EDIT),
        Entry("Documents", "Rules for numbers, ages and dates of documents, by type and country.",
              "documents:rule_edit", "id-badge-2", P.DOCUMENT_RULE_EDIT),
        Entry("Receivers of reports", "Whom reports of suspicion go to: our particulars, schemas, code lists.",
              "filings:profile_list", "building-bank", P.FILING_CONFIGURE),
        Entry("Requests for information", "How long links are valid, reminders, whether deadlines wait.",
              "cases:rfi_policy", "mail-question", P.POLICY_EDIT),
        Entry("Retention", "How long data is kept after a relationship ended.", "cases:retention_policy", "hourglass",
              P.POLICY_EDIT),
        Entry("Archive", "How many months of transactions stay in the database, where older ones lie.",
              "monitoring:archive_list", "archive", P.POLICY_EDIT),
        Entry("Data protection", "What customers asked about their data; holds; what is to be erased.",
              "cases:privacy_list", "user-shield", P.PRIVACY_VIEW),
        Entry("Workflows", "The steps of every submission, as text with versions.", "workflows:workflow_list",
              "route", P.WORKFLOW_VIEW),
    )),
    Section("People and programs", (
        Entry("People", "Who signs in, and in which role.", "accounts:person_list", "users", P.PERSON_MANAGE),
        Entry("Roles", "What each role may do; roles of the house, put in force by two people.", "accounts:role_list",
              "users-group", P.ROLE_APPROVE),
        Entry("Signing in", "Second factors by role, locks, sessions, the organisation's own sign-in.",
              "accounts:sign_in_policy", "lock-access", P.PERSON_MANAGE),
        Entry("API clients", "Programs, what they may do, and their keys.", "accounts:client_list", "api",
              P.API_CLIENT_MANAGE),
    )),
    Section("Running", (
        Entry("Status", "How the installation does now, and what of it needs attention.", "status", "heartbeat", P.DELIVERY_VIEW),
        Entry("Runs", "What workflows did with each submission; stopped steps are tried again here.",
              "workflows:run_list", "player-play", P.RUN_VIEW),
        Entry("Calendar", "What runs when, and what became of it.", "workflows:calendar", "calendar-week", P.RUN_VIEW),
        Entry("Long work", "Imports, backtests and bulk changes, with what is done.", "workflows:work_list",
              "progress", P.SIGNED_IN),
        Entry("Channels", "Slack, Teams, PagerDuty, mailboxes and webhooks; who hears what, in which words.",
              "notifications:destination_list", "broadcast", P.CHANNEL_MANAGE),
        Entry("Deliveries", "What left the product by e-mail and to other systems.", "notifications:delivery_list",
              "send", P.DELIVERY_VIEW),
        Entry("What is wrong now", "Stale lists, silent providers, passed deadlines; who is on it.",
              "notifications:condition_list", "alert-triangle", P.DELIVERY_VIEW),
        Entry("Integrity of the record", "Proof that nothing was changed: checkpoints, alarms, verification.",
              "audit:integrity", "shield-check", P.AUDIT_VIEW),
        Entry("Record", "Everything that happened, by whom, in order and provable.", "audit:entry_list",
              "book-2", P.AUDIT_VIEW),
    )),
)  # fmt: skip


def sections_for(user: Any) -> list[Section]:
    """The sections with the entries that `user` may open; a section without one is left out."""
    found = []
    for section in SECTIONS:
        entries = tuple(
            entry for entry in section.entries if entry.permission is P.SIGNED_IN or user.has_perm(entry.permission)
        )
        if entries:
            found.append(Section(section.title, entries))
    return found
