"""Providers on a fake server that speaks their protocols: answers become hits; silence is never a pass."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core.clock import now
from core.exceptions import InvalidInput
from customers.models import Customer
from screening.enums import CheckState, ProviderKind
from screening.models import Hit, Provider, ProviderCheck
from screening.selectors import screening_summary
from screening.services import due_checks, run_check, screen_customer, set_provider
from tests.factories.accounts import make_person
from tests.factories.cases import make_case, make_list

pytestmark = pytest.mark.django_db
YENTE = {"responses": {"party": {"status": 200, "results": [
    {"id": "NK-1", "caption": "Otto Fiktion", "schema": "Person", "score": 0.93, "match": True, "datasets": ["x"],
     "properties": {"name": ["Otto Fiktion"], "birthDate": ["1984-06-07"], "topics": ["sanction"]}, "referents": []},
    {"id": "NK-2", "caption": "Otto Other", "schema": "Person", "score": 0.4, "match": False, "properties": {}},
]}}}  # fmt: skip
REST = {"data": {"hits": [{"uid": 7, "full_name": "Oto Fikshun", "aka": ["O. F."], "score": 88}]}}
MAPPING = {"path": "lookup", "body": {"who": "names", "born": "birth_dates"}, "results": "data.hits", "whole": 100,
           "fields": {"source_id": "uid", "name": "full_name", "aliases": "aka", "score": "score"}}  # fmt: skip


class _Server(BaseHTTPRequestHandler):
    answer: Any = YENTE
    status = 200
    asked: list[tuple[str, Any, str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, body, self.headers.get("Authorization", "")))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(json.dumps(self.answer).encode())

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def server(settings: Any) -> Iterator[tuple[type[_Server], str]]:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    handler = type("Server", (_Server,), {"asked": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def customer(tmp_path: Path) -> Customer:
    make_list(tmp_path, "Somebody Else Entirely")
    return make_case(name="Otto Fiktion").customer


def _asked(customer: Customer, url: str, **more: Any) -> ProviderCheck:
    values = {"name": "Fake", "kind": ProviderKind.YENTE, "url": url} | more
    set_provider(**values, by=make_person().actor)
    screen_customer(customer=customer, by=make_person().actor)
    return ProviderCheck.objects.get()


def test_a_match_of_yente_becomes_a_hit_explained_by_the_own_engine(
    customer: Customer, server: tuple[type[_Server], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_KEY", "secret")
    check = _asked(customer, server[1], key_variable="FAKE_KEY")
    assert screening_summary(customer).stale
    run_check(check.pk)
    hit = Hit.objects.get()
    assert (hit.source_id, hit.watchlist.name, hit.entry.name) == ("NK-1", "Provider: Fake", "Otto Fiktion")
    assert "“otto” is the same" in hit.alignment
    assert not screening_summary(customer).stale
    path, body, key = server[0].asked[0]
    assert (path, key) == ("/match/default", "ApiKey secret")
    assert body["queries"]["party"]["properties"]["birthDate"] == ["1984-06-07"]


def test_a_rest_provider_is_read_by_its_mapping(customer: Customer, server: tuple[type[_Server], str]) -> None:
    server[0].answer = REST
    run_check(_asked(customer, server[1], kind=ProviderKind.REST, mapping=MAPPING).pk)
    assert (Hit.objects.get().listed_name, server[0].asked[0][0]) == ("Oto Fikshun", "/lookup")
    assert server[0].asked[0][1] == {"who": "Otto Fiktion", "born": "1984-06-07"}


@pytest.mark.parametrize("answer", [{}, [], {"responses": {"party": {"results": [{"id": "x"}]}}}, "text"])
def test_a_provider_that_is_down_or_talks_nonsense_is_no_pass_and_is_asked_again(
    customer: Customer, server: tuple[type[_Server], str], answer: object
) -> None:
    server[0].answer = answer
    check = _asked(customer, server[1])
    run_check(check.pk)
    check.refresh_from_db()
    assert (check.state, check.attempt, bool(check.error)) == (CheckState.PENDING, 1, True)
    assert screening_summary(customer).stale
    server[0].answer = YENTE
    ProviderCheck.objects.update(next_at=now())
    run_check(due_checks(5)[0])
    check.refresh_from_db()
    assert check.state == CheckState.DONE


def test_the_circuit_opens_after_five_failures_and_closes_with_an_answer(
    customer: Customer, server: tuple[type[_Server], str]
) -> None:
    server[0].status = 503
    check = _asked(customer, server[1])
    for _ in range(5):
        ProviderCheck.objects.update(next_at=now())
        run_check(check.pk)
    ProviderCheck.objects.update(next_at=now())
    assert due_checks(5) == []
    server[0].status = 200
    Provider.objects.update(open_until=now() - timedelta(seconds=1))
    run_check(due_checks(5)[0])
    assert Provider.objects.get().failures == 0


def test_a_provider_without_a_mapping_is_refused() -> None:
    with pytest.raises(InvalidInput):
        set_provider(name="Fake", kind=ProviderKind.REST, url="https://example.org", by=make_person().actor)


def test_the_command_sets_a_provider(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(json.dumps(MAPPING))
    call_command("set_provider", "Fake", "rest", "https://example.org", "--mapping", str(tmp_path / "mapping.yaml"))
    assert Provider.objects.get().mapping["path"] == "lookup"
