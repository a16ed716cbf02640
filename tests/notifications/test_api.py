"""Webhooks over REST: a program sets its own up, sees its own log, and nobody else's."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import Settings

from audit.models import AuditEntry
from notifications.events import EVENTS, sample_data, subscribable
from notifications.models import Destination, SigningSecret
from tests.factories.accounts import make_api_client, make_api_key
from tests.factories.cases import make_submission
from tests.factories.notifications import make_destination, send_due
from tests.fakes.receiver import Says, receiver

pytestmark = pytest.mark.django_db


class _Program:
    def __init__(self, client: Client) -> None:
        self.account, key = make_api_key()
        self._client, self._headers = client, {"Authorization": f"Bearer {key}"}

    def call(self, method: str, path: str = "", body: Any = None) -> Any:
        return self._client.generic(
            method, f"/api/v1/webhooks{path}", json.dumps(body), content_type="application/json", headers=self._headers
        )


@pytest.fixture
def program(client: Client, settings: Settings) -> _Program:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    return _Program(client)


def test_a_program_subscribes_hears_and_sends_again(program: _Program) -> None:
    with receiver(Says(204)) as server:
        made = program.call("POST", body={"name": "mine", "url": server.url, "events": ["case.opened"]})
        assert made.status_code == 201
        assert (made.json()["secret"][:6], made["Cache-Control"]) == ("whsec_", "no-store")
        assert server.url not in made.content.decode()
        make_submission(program.account)
        send_due()
        log = program.call("GET", f"/{made.json()['id']}/deliveries").json()["results"]
        assert [(row["event"], row["state"], row["attempts"][0]["status"]) for row in log] == [
            ("case.opened", "sent", 204)
        ]
        assert program.call("POST", f"/deliveries/{log[0]['id']}/redeliver").status_code == 202
        assert program.call("POST", f"/{made.json()['id']}/test").status_code == 202
        send_due()
    ids = [taken.headers["webhook-id"] for taken in server.taken]
    assert (ids[:2], len(ids)) == ([log[0]["webhook_id"]] * 2, 3)


def test_a_program_changes_rotates_switches_off_and_removes(program: _Program) -> None:
    key = program.call("POST", body={"name": "n", "url": "http://127.0.0.1/a", "events": ["case.opened"]}).json()["id"]
    changed = program.call("PATCH", f"/{key}", {"events": ["case.decided"], "is_active": False}).json()
    assert (changed["events"], changed["is_active"]) == (["case.decided"], False)
    assert program.call("PATCH", f"/{key}", {"is_active": True}).json()["is_active"]
    assert program.call("POST", f"/{key}/secrets", {"overlap_hours": 2}).status_code == 201
    assert program.call("GET", f"/{key}").json()["secrets"] == 2
    assert program.call("DELETE", f"/{key}").status_code == 204
    assert (Destination.objects.count(), SigningSecret.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(action__startswith="notifications.").count() == 6


def test_what_others_set_up_is_not_found(program: _Program) -> None:
    other, _ = make_destination("webhook", "http://127.0.0.1/", "case.opened", by=make_api_client().actor)
    assert program.call("GET").json() == []
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secrets"), ("POST", "/test"),
                         ("GET", "/deliveries")):  # fmt: skip
        assert program.call(method, f"/{other.pk}{path}", {}).status_code == 404
    assert program.call("POST", f"/deliveries/{uuid4()}/redeliver").status_code == 404


@pytest.mark.parametrize(("body", "pointer"), [
    ({"url": "http://10.0.0.1/"}, "/address"), ({"events": ["record.alarm"]}, "/events"), ({"events": []}, "/events"),
    ({"name": ""}, "/name"),
])  # fmt: skip
def test_a_wrong_subscription_says_where(program: _Program, body: dict[str, Any], pointer: str) -> None:
    good = {"name": "n", "url": "http://127.0.0.1/a", "events": ["case.opened"]}
    answer = program.call("POST", body=good | body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"].startswith(pointer)) == (422, True)


def test_a_key_without_the_scope_is_refused(client: Client) -> None:
    _, key = make_api_key(make_api_client(scopes=["cases.create_submission"]))
    answer = client.get("/api/v1/webhooks", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 403


def test_the_catalogue_offers_programs_what_they_may_hear_with_a_schema_each(program: _Program) -> None:
    told = program.call("GET", "/events").json()
    assert [row["code"] for row in told] == [event.code for event in subscribable(for_client=True)]
    for row in told:
        Draft202012Validator.check_schema(row["schema"])


def test_every_event_that_can_leave_is_in_the_openapi_document() -> None:
    document = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text())
    assert set(document["x-webhooks"]) == {event.code for event in EVENTS.values() if not event.stays_inside}
    for code, hook in document["x-webhooks"].items():
        name = hook["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        schema = document["components"]["schemas"][name]
        data = (
            sample_data(EVENTS[code])
            | {"link": "https://x.example/"}
            | ({"state": "open"} if EVENTS[code].lasts else {})
        )
        Draft202012Validator(schema).validate({"type": code, "timestamp": "2026-11-21T00:00:00+00:00", "data": data})
