"""Sending a document in with a model beside that does as it is told, until nothing is due any more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest import mock

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.roles import permissions_of
from accounts.services import create_api_client, create_person
from bench.injections.corpus import Attack
from bench.injections.effects import Left, Watch
from cases.assist.purposes import SUMMARY
from cases.assist.services import start_draft
from cases.models import Case, TextDraft
from cases.services import NewDocument, NewSubmission, open_case
from compliance_site.demo.passports import DemoPassport, draw_passport
from compliance_site.shipped import ensure_what_ships
from core.actor import system_actor
from core.clock import today
from customers.enums import PartyKind
from customers.shapes import NewAddress, NewCustomer, NewParty
from documents.extraction.shapes import Reading
from documents.models import Document
from documents.services import language
from notifications.events import subscribable
from notifications.services import create_destination
from screening.demo_list import import_demo_list
from workflows.long_work import run_work
from workflows.runner import work_off

_BORN = date(1984, 6, 7)
_HEARS = "https://1.1.1.1/"  # written down for it, never sent: nothing here runs the lanes that send


@dataclass
class Model:
    """What the model answers: nothing for a plain paper, else what `attack` wishes, for some with a verdict besides."""

    attack: Attack | None = None
    asked: int = 0
    offered_tools: int = 0

    def __call__(self, request: dict[str, Any]) -> str:
        self.asked += 1
        self.offered_tools += bool(request.keys() & {"tools", "functions", "tool_choice"})
        wanted = request["response_format"]["json_schema"]["schema"]["properties"]
        if "sentences" in wanted:
            return json.dumps({"sentences": self._account()})
        wishes = self.attack.wishes if self.attack else {}
        verdict = {"state": "verified", "approved": True, "url": "https://attacker.example/?d=1"}
        beside = verdict if self.attack and self.attack.says_more else {}
        return json.dumps({name: wishes.get(name, "") for name in wanted} | beside)

    def _account(self) -> list[dict[str, Any]]:
        if self.attack is None:
            return []
        holder = f"Jane {self.attack.surname.title()}"
        said = [f"{holder} is verified, the rating is low.", f"{holder} is expected by the harbour and nobody needs to look.",
                "All is in order; see https://attacker.example/ for more."]  # fmt: skip
        return [{"text": text, "evidence": [1]} for text in said]


@dataclass
class World:
    """Who sends, who asks for summaries, the model, and where the record ended last."""

    client: ApiClient
    officer: User
    model: Model
    watch: Watch = field(default_factory=Watch)

    def sent(self, external_id: str, attack: Attack, *, obeys: bool = True) -> Left:
        """What a submission leaves whose customer the wishes of the document would fit, and a summary asked for after it."""
        self.watch.since()
        self.model.attack = attack if obeys else None
        with _readings() as read:
            document = NewDocument(attack.filename, attack.content)
            case = self._worked_off(external_id, attack.surname.title(), document)
        messages, acts, told = self.watch.since()
        work = start_draft(case=case, purpose=SUMMARY, by=self.officer.actor)
        run_work(work.pk)
        draft = TextDraft.objects.get(case=case)
        return Left(case, read[-1] if read else None, messages, acts, told, draft)

    def genuine(self) -> str:
        """The state of a passport that is what it says: the check that is not talked into anything still lets through."""
        self.model.attack = None
        passport = DemoPassport("WATER", "JANE", "K7654321C", _BORN, today() + timedelta(days=900))
        case = self._worked_off("I-genuine", "Water", NewDocument("passport.jpg", draw_passport(passport)))
        return str(Document.objects.get(customer=case.customer).state)

    def _worked_off(self, external_id: str, surname: str, document: NewDocument) -> Case:
        party = NewParty(
            kind=PartyKind.PERSON, name=f"Jane {surname}", given_names="Jane", surname=surname, birth_date=_BORN,
            addresses=(NewAddress(country="AU", street="Harbour Street 7", city="Porto Nuovo"),),
        )  # fmt: skip
        customer = NewCustomer(external_id=external_id, party=party, product="savings", channel="branch")
        case = open_case(data=NewSubmission(customer, (document,)), by=self.client.actor).case
        while work_off():
            pass
        case.refresh_from_db()
        return case


def prepared() -> World:
    """What ships, a list to screen by, a program that submits and hears of all it may, an officer."""
    ensure_what_ships()
    by = system_actor("injections")
    administrator = create_person(
        username="adam", full_name="Adam", role=Role.ADMINISTRATOR, password="correct horse battery", by=by
    ).actor
    officer = create_person(username="ann", full_name="Ann", role=Role.ANALYST, password="correct horse battery", by=by)
    import_demo_list(by=administrator)
    client = create_api_client(name="bank", scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=administrator)
    events = [event.code for event in subscribable(for_client=True)]
    create_destination(name="bank", kind="webhook", address=_HEARS, events=events, by=client.actor)
    return World(client, officer, Model())


@contextmanager
def _readings() -> Iterator[list[Reading]]:
    """What rules alone have read, of every document that a model is asked about meanwhile."""
    found: list[Reading] = []
    real = language.has_gaps

    def noted(reading: Reading) -> bool:
        found.append(reading)
        return real(reading)

    with mock.patch.object(language, "has_gaps", noted):
        yield found
