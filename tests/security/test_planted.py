"""A customer with markers in every personal fact and on their document, through the main job; then the markers are looked for.

In the raw database, the cache, the files kept, every log line, error page, address and message that left the product: none but
those that the inventory lets stand in clear (docs/security/columns.csv).
"""

import base64
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from pytest_django import Settings
from redis import Redis

from accounts.enums import Role
from cases.enums import DecisionKind
from cases.models import Case
from cases.services import approve_decision, claim_case, comment_on_case, ensure_case_configuration, propose_decision
from documents.models import Document
from screening.enums import HitDisposition
from screening.models import HitDecision
from screening.services import dispose_hit
from tests.factories.accounts import make_api_key, make_person
from tests.factories.cases import make_list
from tests.factories.documents import make_pdf
from tests.factories.notifications import make_destination, send_due
from tests.fakes.receiver import receiver
from workflows.runner import run_step
from workflows.selectors import due_steps
from workflows.services import ensure_shipped_workflows

NAME = "Quillfeatherby"  # in clear: screened and searched by likeness
PLANTED = (
    "1977-03-09", "blotterwright", "plantedmail", "7700900123", "marmaladegasse", "plantstadt", "qwplz77", "x9qzk77", "pourquoi",
    "paperwords", "plantedfile", "smelledofink", "plantedreason", "plantedjudgement",
)  # fmt: skip
CUSTOMER = {
    "external_id": "P-1", "kind": "person", "name": f"Ottoline {NAME}", "birth_date": "1977-03-09", "nationalities": ["GB"],
    "email": "plantedmail@example.org", "phone": "+44 7700900123", "occupation": "Blotterwright", "purpose": "pourquoi pas",
    "addresses": [{"country": "GB", "street": "7 Marmaladegasse", "city": "Plantstadt", "postcode": "QWPLZ77"}],
    "identifiers": [{"kind": "passport", "value": "X9QZK77", "country": "GB"}],
}  # fmt: skip
PAGE = f"Statement of account for Ottoline {NAME}, 7 Marmaladegasse, Plantstadt. Passport X9QZK77. Paperwords of 1977-03-09."


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, as the product formats it."""
    written = io.StringIO()
    given = dict(django_settings.LOGGING["formatters"]["json"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(given.pop("()")(**given))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def _work() -> None:
    while due := due_steps(10):
        for step in due:
            run_step(step)


def _main_job(tmp_path: Path, client: Client) -> Case:
    """Submitted with a document, read, screened, judged, commented, proposed and decided."""
    make_list(tmp_path, f"Ottoline {NAME}")
    body = {"customer": CUSTOMER, "documents": [
        {"filename": "plantedfile.pdf", "content_base64": base64.b64encode(make_pdf(PAGE)).decode()},
    ]}  # fmt: skip
    headers = {"Authorization": f"Bearer {make_api_key()[1]}", "Idempotency-Key": "k-1"}
    sent = client.post("/api/v1/submissions", json.dumps(body), content_type="application/json", headers=headers)
    assert sent.status_code == 202, sent.content
    _work()
    case, officer = Case.objects.get(), make_person()
    claim_case(case_id=case.pk, by=officer.actor)
    comment_on_case(case_id=case.pk, text="Her passport smelledofink.", by=officer.actor)
    hit = case.customer.hits.get()
    dispose_hit(hit_id=hit.pk, disposition=HitDisposition.FALSE_POSITIVE, reason_code="other_birth_date",
                rationale="plantedjudgement", by=officer.actor)  # fmt: skip
    told = {
        "kind": DecisionKind.REJECT,
        "reason_code": "identity_not_verified",
        "rationale": "plantedreason of 1977-03-09",
    }
    decision = propose_decision(case_id=case.pk, **told, by=officer.actor)
    approve_decision(decision_id=decision.pk, by=make_person(Role.REVIEWER).actor)
    _work()
    return case


def _raw_database() -> str:
    """Every byte of an SQLite database, or every row of every table of PostgreSQL, as it is stored."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return connection.connection.serialize().decode("utf-8", "replace").lower()
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT CAST(t.* AS text) FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found).lower()


def _raw_cache() -> str:
    """What the cache, the broker and the layer of live updates hold: in Redis, or in this process."""
    if not django_settings.REDIS_URL:
        return str([vars(caches["default"])["_cache"], vars(get_channel_layer())["channels"]])
    server = Redis.from_url(django_settings.REDIS_URL)
    read = {
        b"string": server.get, b"hash": server.hgetall, b"set": server.smembers,
        b"list": lambda key: server.lrange(key, 0, -1), b"zset": lambda key: server.zrange(key, 0, -1),
    }  # fmt: skip
    return str([(key, read[server.type(key)](key)) for key in server.scan_iter()])


def _in(text: str) -> list[str]:
    return [marker for marker in PLANTED if marker in text.lower()]


@pytest.mark.django_db
def test_what_is_planted_stands_nowhere_in_clear(
    tmp_path: Path, settings: Settings, client: Client, logged: io.StringIO, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DOCUMENT_ROOT, settings.FETCH_ALLOWED_HOSTS = tmp_path / "documents", ["127.0.0.1"]
    ensure_shipped_workflows()
    ensure_case_configuration()
    with receiver() as server:
        make_destination("webhook", server.url, "case.opened", "case.decided")
        with django_capture_on_commit_callbacks(execute=True):
            case = _main_job(tmp_path, client)
        send_due()
        messages = [f"{taken.path} {taken.headers} {taken.body!r}" for taken in server.taken]
    assert Document.objects.get().pages.get().text.count("Paperwords") == 1
    assert HitDecision.objects.get().rationale == "plantedjudgement"
    assert messages
    client.force_login(make_person())
    client.raise_request_exception = False
    pages = [client.get(f"/customers/{case.pk}/"), client.post("/search/", {"q": "nobody"}), client.get("/nothing/")]
    assert NAME.lower() in _raw_database()
    assert _in(_raw_database()) == []
    files = b"".join(path.read_bytes() for path in (tmp_path / "documents").rglob("*") if path.is_file())
    assert _in(files.decode("utf-8", "replace")) == []
    told = "\n".join([*messages, *(page.content.decode() for page in pages), logged.getvalue(), _raw_cache()])
    assert _in(told) == []
    assert NAME not in "\n".join([*messages, logged.getvalue()])


@pytest.mark.django_db
def test_a_step_that_breaks_keeps_no_value_in_clear(
    client: Client, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(f"cannot screen {CUSTOMER['email']}")

    ensure_shipped_workflows()
    ensure_case_configuration()
    monkeypatch.setattr("screening.steps.find_matches", broken)
    headers = {"Authorization": f"Bearer {make_api_key()[1]}"}
    client.post(
        "/api/v1/submissions", json.dumps({"customer": CUSTOMER}), content_type="application/json", headers=headers
    )
    _work()
    assert _in(_raw_database() + logged.getvalue()) == []
