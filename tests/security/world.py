"""One thing of every kind, and those who ask for it: every role, the program that sent it, another, one without scopes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.selectors import invitation_path
from accounts.services import invite_person
from cases.enums import DecisionKind
from cases.rfi.models import RfiItem
from cases.rfi.selectors import link_path
from cases.rfi.services import NewItem, request_information
from cases.services import claim_case, need_person, propose_decision
from monitoring.intake.targets import TARGETS
from monitoring.models import Alert, Transaction
from notifications.events import subscribable
from notifications.models import Destination
from screening.services import screen_customer
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.cases import make_case, make_list
from tests.factories.documents import make_read_document
from tests.factories.filings import make_filing
from tests.factories.monitoring import SYSTEM, make_alert
from tests.factories.notifications import make_destination
from tests.security.operations import Operation
from tests.security.rows import row_of

# What an id in an address is of, by what stands before it. What is not listed is asked for by ids of nothing alone.
KINDS = {
    "accounts/clients/": "accounts.ApiClient", "accounts/keys/": "accounts.ApiKey", "accounts/people/": "accounts.User",
    "accounts/roles/": "accounts.CustomRole", "accounts/roles/versions/": "accounts.RoleVersion",
    "ai/cost/run/": "workflows.Run", "api/v1/alerts/": "monitoring.Alert", "api/v1/cases/": "cases.Case",
    "api/v1/customers/": "customers.Customer", "api/v1/decisions/": "cases.Decision",
    "api/v1/documents/": "documents.Document", "api/v1/filings/": "filings.Filing", "api/v1/hits/": "screening.Hit", "api/v1/runs/": "workflows.Run",
    "api/v1/submissions/": "cases.Submission", "api/v1/webhooks/": "notifications.Destination",
    "api/v1/webhooks/deliveries/": "notifications.Outbox", "api/v1/workflows/": "workflows.Workflow",
    "api/v1/workflows/hooks/": "workflows.Workflow", "audit/alarms/": "audit.AuditAlarm", "cases/": "cases.Case",
    "cases/blueprints/queues/": "cases.Queue", "cases/blueprints/reasons/": "cases.ReasonCode",
    "cases/bulk/": "cases.BulkAction", "cases/decisions/": "cases.Decision", "cases/information/": "rfi.RfiRequest",
    "cases/privacy/": "privacy.PrivacyRequest", "cases/privacy/holds/": "privacy.LegalHold",
    "cases/of/": "customers.Customer", "cases/privacy/of/": "customers.Customer", "cases/views/": "cases.SavedView", "customers/": "customers.Customer",
    "documents/": "documents.Document", "documents/fields/": "documents.Field", "documents/of/": "customers.Customer",
    "filings/": "filings.Filing", "filings/profiles/": "filings.FilingProfile",
    "monitoring/activity/of/": "customers.Customer", "monitoring/alerts/": "monitoring.Alert",
    "monitoring/alerts/of/": "customers.Customer", "monitoring/blind/": "monitoring.BlindItem",
    "monitoring/blind/differences/": "monitoring.BlindItem", "monitoring/deliveries/": "monitoring.Ingest",
    "monitoring/imports/": "monitoring.FileImport", "monitoring/models/": "monitoring.ModelVersion",
    "monitoring/sampling/": "monitoring.Scenario", "monitoring/scenarios/": "monitoring.Scenario",
    "monitoring/transactions/of/": "customers.Customer", "notifications/": "notifications.Notification",
    "notifications/channels/": "notifications.Destination", "notifications/conditions/": "notifications.Condition",
    "notifications/deliveries/": "notifications.Outbox", "reporting/evidence/": "cases.Case",
    "reporting/replays/<slug:kind>/": "cases.Case", "screening/hits/": "screening.Hit",
    "screening/lists/": "screening.Watchlist", "screening/lists/versions/": "screening.ListVersion",
    "screening/lists/drafts/": "screening.EntryDraft", "screening/media/": "screening.MediaHit",
    "screening/media/of/": "customers.Customer", "screening/of/": "customers.Customer",
    "screening/suppressions/": "screening.Suppression", "workflows/": "workflows.Workflow",
    "workflows/runs/": "workflows.Run", "workflows/runs/again/": "workflows.LongWork",
    "workflows/runs/for/<str:subject_type>/": "cases.Case", "workflows/steps/": "workflows.StepRun",
    "workflows/trials/": "workflows.Trial", "workflows/work/": "workflows.LongWork",
}  # fmt: skip
PEOPLE = [role for role in Role if role is not Role.SERVICE_ACCOUNT]
PROGRAMS = ("own", "other", "no-scope")
EVERYBODY = ("nobody", *map(str, PEOPLE), *PROGRAMS)


@dataclass(frozen=True)
class World:
    """`keys` by the pattern before them; `clients` by who asks: a browser's or a program's."""

    keys: dict[str, object]
    clients: dict[str, Client]

    def answer(
        self, who: str, operation: Operation, *, is_there: bool, body: str = "", query: str = ""
    ) -> HttpResponseBase:
        """What they are answered; nothing of it stays."""
        client = self.clients[who]
        cookies = client.cookies.copy()
        path = operation.path(self.keys if is_there else {})
        with _undone():
            found: HttpResponseBase = client.generic(
                operation.method, f"{path}?{query}" if query else path, body, _TYPE[operation.is_rest]
            )
        client.cookies = cookies
        return found


_TYPE = {True: "application/json", False: "application/x-www-form-urlencoded"}


def make_world(folder: Path) -> World:
    """Through the services where a thing has a story, plain rows for the rest."""
    program, clear = make_api_key()
    people = {role: make_person(role, first_name=str(role)) for role in PEOPLE}
    token = _story(folder, program, people[Role.ANALYST])
    for label, values in _told(folder).items():
        row_of(apps.get_model(label), **values)
    by_label = {label: row_of(apps.get_model(label)).pk for label in sorted(set(KINDS.values()) - set(_OWNED))}
    by_label |= {label: _owned(label, people[Role.ANALYST]).pk for label in _OWNED}
    keys: dict[str, object] = {start: by_label[label] for start, label in KINDS.items()}
    keys |= {
        "accounts/people/": make_person().pk,
        "accounts/invitation/": _invited(people[Role.ADMINISTRATOR]),
        "information/": token,
        "information/<str:token>/items/": row_of(RfiItem).pk,
    }
    return World(keys, _clients(people, clear))


def _story(folder: Path, program: ApiClient, officer: User) -> str:
    """A customer of whom every app knows something; the token of the link on which the customer answers."""
    case = make_case(client=program)
    make_list(folder, "Jane Citizen")
    screen_customer(customer=case.customer, by=SYSTEM)
    make_read_document(case.customer)
    make_alert(case.customer)
    make_destination("webhook", "https://1.1.1.1/", subscribable(for_client=True)[0].code, by=program.actor)
    need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    claim_case(case_id=case.pk, by=officer.actor)
    propose_decision(case_id=case.pk, kind=DecisionKind.REJECT, reason_code="identity_not_verified",
                     rationale="The evidence was examined in full.", by=officer.actor)  # fmt: skip
    other = make_case(client=program)
    need_person(case=other, code="t", sentence="s", source_type="t", source_id=2)
    claim_case(case_id=other.pk, by=officer.actor)
    asked = request_information(case_id=other.pk, items=[NewItem("question", "Why?")], by=officer.actor)
    make_filing(other)
    return link_path(asked).removeprefix("/information/").rstrip("/")


def _invited(keeper: User) -> str:
    """The token of the link with which somebody sets their first password."""
    invitation = invite_person(username="newcomer", full_name="A Newcomer", role=Role.ANALYST, by=keeper.actor)
    return invitation_path(invitation).removeprefix("/accounts/invitation/").rstrip("/")


def _told(folder: Path) -> dict[str, dict[str, object]]:
    """What the pages need to find in a row, where any value of the type would not do."""
    upload = folder / "upload.csv"
    upload.write_text("external_id,amount\nT-1,10\n")
    return {
        "monitoring.BlindItem": {"transaction": Transaction.objects.get(), "control": Alert.objects.get()},
        "monitoring.FileImport": {"format": "csv", "path": str(upload), "target": next(iter(TARGETS))}, "monitoring.ModelVersion": {"domain": "finance"},
        "monitoring.RuleList": {"name": "high_risk_countries"},
        "notifications.Outbox": {"destination": Destination.objects.get(), "channel": "webhook"},
    }  # fmt: skip


_OWNED = {
    "cases.BulkAction": "person", "cases.SavedView": "owner", "notifications.Notification": "person",
    "workflows.LongWork": "started_by_key",
}  # fmt: skip


def _owned(label: str, owner: User) -> models.Model:
    """A thing of the analyst alone, for which others ask."""
    values: dict[str, object] = {"started_by_key": owner.actor.id, "started_by": vars(owner.actor)}
    if _OWNED[label] != "started_by_key":
        values = {_OWNED[label]: owner} | ({"url": "/"} if label == "notifications.Notification" else {})
    return row_of(apps.get_model(label), **values)


def _clients(people: dict[Role, User], key: str) -> dict[str, Client]:
    clients = {"nobody": Client(raise_request_exception=False)}
    for role, person in people.items():
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(person)
    keys = {"own": key, "other": make_api_key()[1], "no-scope": make_api_key(make_api_client(scopes=[]))[1]}
    for who, clear in keys.items():
        headers = {"Authorization": f"Bearer {clear}"}
        clients[who] = Client(raise_request_exception=False, headers=headers)
    return clients


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
