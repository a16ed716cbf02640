"""The catalogue of events: what can be told, about what, how urgently, and to whom where nobody says otherwise.

What an event tells is thin: ids, a case's number, names of lists and of machinery, a link. No personal data, nothing
of a decision's kind, nothing of a suspicion or a report (tipping off: FATF R.21(b)). Who wants more opens the link, or
asks the API, and is authorised there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.roles import permissions_of
from core.permissions import Permission as P  # noqa: N817 - the table below reads as words

_TEXT: dict[str, Any] = {"type": "string", "maxLength": 200}
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}
# The things events are about, as JSON Schema: the shape of `data` and, by its leaves, the placeholders of texts.
PARTS: dict[str, dict[str, dict[str, Any]]] = {
    "case": {"id": _ID, "number": _TEXT},
    "list": {"id": _ID, "name": _TEXT},
    "run": {"id": _ID, "workflow": _TEXT},
    "work": {"id": _ID, "kind": _TEXT, "state": _TEXT},
    "request": {"id": _ID, "state": _TEXT},
    "provider": {"id": _ID, "name": _TEXT},
    "channel": {"id": _ID, "name": _TEXT, "reason": _TEXT},
    "gap": {"customers": {"type": "integer", "minimum": 0}},
    "message": {"text": _TEXT},
}


@dataclass(frozen=True)
class EventType:
    """`concerns` says who is told by the nature of the event; `roles` hear of it besides, until a rule says otherwise.

    Only who holds `needs` is ever told: it opens what the link leads to. `lasts`: the event opens a condition that ends
    again, which is told too. `for_programs`: API clients may subscribe, for what they sent. `stays_inside`: no mail and no
    destination ever tells it.
    """

    code: str
    name: str
    group: str
    concerns: str
    parts: tuple[str, ...]
    needs: P
    roles: frozenset[Role] = frozenset()
    severity: str = "info"
    urgent: bool = False
    lasts: bool = False
    for_programs: bool = False
    stays_inside: bool = False

    def data_schema(self) -> dict[str, Any]:
        """JSON Schema of `data`."""
        properties: dict[str, Any] = {name: _object(PARTS[name]) for name in self.parts}
        properties["link"] = {"type": "string", "format": "uri", "description": "where people see it"}
        if self.lasts:
            properties["state"] = {"type": "string", "enum": ["open", "taken", "ended"]}
        return _object(properties)

    def payload_schema(self) -> dict[str, Any]:
        """JSON Schema of a webhook's body (Standard Webhooks: type, timestamp, data)."""
        stamp = {"type": "string", "format": "date-time", "description": "when it happened, not when it is sent"}
        kind = {"type": "string", "enum": [self.code]}
        return _object({"type": kind, "timestamp": stamp, "data": self.data_schema()}) | {"description": self.name}

    def placeholders(self) -> list[str]:
        """What a text about the event may name: `case.number`, `link`."""
        leaves = [f"{part}.{leaf}" for part in self.parts for leaf in PARTS[part] if leaf != "id"]
        return [*leaves, "link"]


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties),
            "additionalProperties": False}  # fmt: skip


def roles_with(permission: P) -> frozenset[Role]:
    """The people's roles that grant `permission`."""
    return frozenset(role for role in Role if role != Role.SERVICE_ACCOUNT and permission in permissions_of(role))


EVENTS: dict[str, EventType] = {}


def define(events: Iterable[EventType]) -> None:
    """Adds events to the catalogue; raises ValueError where a code is taken."""
    for event in events:
        if event.code in EVENTS:
            raise ValueError(f"the event {event.code} is defined twice")
        EVENTS[event.code] = event


define((
    EventType("case.opened", "A case was opened", "Cases", "nobody by itself", ("case",), P.CASE_VIEW, for_programs=True),
    EventType("case.decided", "A case was decided", "Cases", "nobody by itself", ("case",), P.CASE_VIEW, for_programs=True),
    EventType("case.assigned", "A case was assigned to me", "Cases", "who it was assigned to", ("case",), P.CASE_VIEW),
    EventType("case.mentioned", "Somebody mentioned me", "Cases", "who is mentioned", ("case",), P.CASE_VIEW),
    EventType("case.escalated", "A case was escalated", "Cases", "who may approve", ("case",), P.CASE_VIEW,
              severity="warning", urgent=True),
    EventType("case.approval_asked", "A proposal waits for an approval", "Cases", "who may approve, without the proposer",
              ("case",), P.CASE_VIEW, urgent=True),
    EventType("case.returned", "My proposal was returned", "Cases", "who proposed it", ("case",), P.CASE_VIEW),
    EventType("sla.warning", "A deadline is near", "Deadlines", "the case's assignee, else its team", ("case",), P.CASE_VIEW,
              severity="warning"),
    EventType("sla.breached", "A deadline has passed", "Deadlines", "the case's assignee, else its team, and who assigns",
              ("case",), P.CASE_VIEW, severity="error", urgent=True, lasts=True),
    EventType("clock.due", "A clock of mine ends", "Deadlines", "who keeps it and who answers for it", (), P.FILING_VIEW,
              severity="warning", urgent=True, stays_inside=True),
    EventType("request.closed", "A request for information ended", "Cases", "the case's assignee, else who asked",
              ("case", "request"), P.CASE_VIEW, for_programs=True),
    EventType("run.step_failed", "A workflow stopped at a step", "Workflows", "nobody by itself", ("run",), P.RUN_VIEW,
              roles_with(P.RUN_OPERATE), severity="error", urgent=True),
    EventType("run.message", "A workflow says something", "Workflows", "whom the workflow's step names", ("message",),
              P.NOTIFICATION_VIEW),
    EventType("work.ended", "Long work ended", "Workflows", "who started it", ("work",), P.NOTIFICATION_VIEW),
    EventType("list.needs_approval", "An unusual version of a list waits", "Screening", "nobody by itself", ("list",),
              P.LIST_VIEW, roles_with(P.LIST_IMPORT), severity="warning"),
    EventType("list.fetch_failed", "A list could not be fetched", "Screening", "nobody by itself", ("list",), P.LIST_VIEW,
              roles_with(P.LIST_IMPORT), severity="warning"),
    EventType("list.stale", "A list is stale", "Screening", "nobody by itself", ("list",), P.LIST_VIEW,
              roles_with(P.LIST_IMPORT), severity="error", urgent=True, lasts=True),
    EventType("provider.down", "A screening provider does not answer", "Screening", "nobody by itself", ("provider",),
              P.LIST_VIEW, roles_with(P.LIST_IMPORT), severity="error", urgent=True, lasts=True),
    EventType("coverage.gap", "Customers are not screened against every list", "Screening", "nobody by itself", ("gap",),
              P.LIST_VIEW, frozenset({Role.MLRO, Role.ADMINISTRATOR}), severity="error", urgent=True, lasts=True),
    EventType("record.alarm", "Something is wrong with the record", "Record", "nobody by itself", (), P.AUDIT_VIEW,
              roles_with(P.AUDIT_VERIFY), severity="critical", urgent=True),
    EventType("role.proposed", "A role waits for a second person", "Record", "nobody by itself", (), P.ROLE_APPROVE,
              roles_with(P.ROLE_APPROVE)),
    EventType("sign_in.locked", "Guessing of passwords was stopped", "Record", "nobody by itself", (), P.PERSON_MANAGE,
              roles_with(P.PERSON_MANAGE), severity="warning", urgent=True),
    EventType("role.last_kept", "Groups would take the last administrator away", "Record", "nobody by itself", (), P.PERSON_MANAGE,
              roles_with(P.PERSON_MANAGE), severity="critical", urgent=True),
    EventType("channel.disabled", "A channel was disabled after failures", "Channels", "nobody by itself", ("channel",),
              P.DELIVERY_VIEW, frozenset({Role.ADMINISTRATOR}), severity="error", urgent=True),
    EventType("channel.test", "A test of a channel", "Channels", "the channel that is tested", ("channel",), P.DELIVERY_VIEW,
              for_programs=True),
))  # fmt: skip

TEST = "channel.test"


def subscribable(for_client: bool) -> list[EventType]:
    """What a destination may subscribe to; an API client only what is offered to programs."""
    offered = [event for event in EVENTS.values() if event.code != TEST and not event.stays_inside]
    return [event for event in offered if event.for_programs or not for_client]


def sample_data(event: EventType) -> dict[str, Any]:
    """Data as of a real event, for previews and tests."""
    nil = "01890000-0000-7000-8000-000000000001"
    shown: dict[str, Any] = {"id": nil, "number": "CASE-000042", "name": "Sample list", "workflow": "onboarding",
             "kind": "list import", "state": "done", "reason": "sample", "customers": 3,
             "text": "The nightly batch is done"}  # fmt: skip
    return {part: {leaf: shown[leaf] for leaf in PARTS[part]} for part in event.parts}
