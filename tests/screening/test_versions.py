"""Versions of lists: staged, compared, approved, activated, reverted; lists of one's own; fetching."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.enums import Role
from core.clock import now, today
from core.exceptions import InvalidInput
from notifications.models import Notification
from screening.enums import ListKind, ListState
from screening.exceptions import ApprovalNeeded, ImporterCannotApprove
from screening.models import EntryDraft, ListEntry, ListSource, ListVersion
from screening.selectors import list_ages
from screening.services import (
    activate_version,
    create_own_list,
    decide_entry,
    end_expired_entries,
    import_list,
    propose_entry,
    refresh_source,
    revert_list,
    set_source,
)
from tests.factories.accounts import make_api_client, make_person
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
TEN = [f"Person Number{number}" for number in range(10)]


def _import(tmp_path: Path, *names: str, **more: object) -> ListVersion:
    rows = "\n".join(f"T-{number},Person,{name}" for number, name in enumerate(names))
    path = tmp_path / "list.csv"
    path.write_text(f"source_id,schema,name\n{rows}\n")
    by = more.pop("by", None) or make_api_client().actor
    return import_list(format="internal_csv", path=path, name="Test list", by=by, **more)


def test_a_new_version_tells_what_it_changes(tmp_path: Path) -> None:
    _import(tmp_path, *TEN)
    version = _import(tmp_path, "Another Name", *TEN[1:], "One More")
    assert (version.added, version.changed, version.removed) == (1, 1, 0)
    assert version.changes.get(kind="changed").fields == ["names"]


def test_a_change_of_remarks_alone_is_not_material(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for remarks in ("one", "two"):
        path.write_text(f"source_id,schema,name,remarks\n1,Person,Otto Fiktion,{remarks}\n")
        version = import_list(format="internal_csv", path=path, name="Test list", by=make_api_client().actor)
    assert not version.changes.get().material


def test_an_unusual_volume_waits_for_somebody_else(tmp_path: Path) -> None:
    administrator = make_person(Role.ADMINISTRATOR)
    good = _import(tmp_path, *TEN)
    version = _import(tmp_path, TEN[0], by=administrator.actor)
    assert version.state == ListState.STAGED
    assert "where the active version has 10" in version.doubts[0]
    assert "waits for an approval" in Notification.objects.get(person=administrator).text
    with pytest.raises(ApprovalNeeded):
        activate_version(version_id=version.pk, by=administrator.actor)
    with pytest.raises(ImporterCannotApprove):
        activate_version(version_id=version.pk, by=administrator.actor, approve=True)
    activate_version(version_id=version.pk, by=make_person(Role.ADMINISTRATOR).actor, approve=True)
    good.refresh_from_db()
    assert good.state == ListState.RETIRED


def test_the_command_says_that_a_doubtful_version_is_not_active(tmp_path: Path) -> None:
    _import(tmp_path, *TEN)
    (tmp_path / "short.csv").write_text("source_id,schema,name\n1,Person,A B\n")
    with pytest.raises(CommandError, match="staged, not active"):
        call_command("import_list", "internal_csv", str(tmp_path / "short.csv"), "--name", "Test list", "--activate")


def test_revert_list_goes_back_to_the_version_before(tmp_path: Path) -> None:
    first = _import(tmp_path, *TEN)
    second = _import(tmp_path, *TEN, "One More")
    assert revert_list(watchlist_id=first.watchlist_id, by=make_person().actor) == first
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, first.state, first.removed) == (ListState.RETIRED, ListState.ACTIVE, 1)


def test_version_page_shows_the_difference_and_activates(client: Client, tmp_path: Path) -> None:
    _import(tmp_path, *TEN)
    version = _import(tmp_path, *TEN, "One More", activate=False)
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.get(f"/screening/lists/versions/{version.pk}/?kind=added").content.decode()
    assert "One More" in page
    assert "Number3" not in page
    client.post(f"/screening/lists/versions/{version.pk}/decision/", {"decision": "activate"})
    version.refresh_from_db()
    assert version.state == ListState.ACTIVE
    assert "Test list" in client.get("/screening/lists/").content.decode()


def test_an_uploaded_list_is_imported_by_a_worker_and_its_faults_are_told(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    file = SimpleUploadedFile("list.csv", b"source_id,name\n1,A\n")
    answer = client.post("/screening/lists/import/", {"format": "internal_csv", "file": file})
    run_work(LongWork.objects.get().pk)
    assert "has no column `schema`" in client.get(answer["Location"]).content.decode()
    assert not ListVersion.objects.exists()


def _propose(**more: object) -> EntryDraft:
    proposer = make_person(Role.ADMINISTRATOR)
    watchlist = more.pop("watchlist", None) or create_own_list(name="House", kind=ListKind.INTERNAL, by=proposer.actor)
    values = {"source_id": "H-1", "facts": {"name": "Otto Fiktion", "countries": ["Germany"]}, "reason": "a fraud case"}
    return propose_entry(watchlist=watchlist, by=proposer.actor, **(values | more))


def test_an_entry_of_an_own_list_is_screened_against_once_somebody_else_approves() -> None:
    draft = _propose()
    with pytest.raises(ImporterCannotApprove):
        decide_entry(draft_id=draft.pk, approve=True, by=draft.proposed_by.actor)
    decide_entry(draft_id=draft.pk, approve=True, by=make_person(Role.ADMINISTRATOR).actor)
    entry = ListEntry.objects.get(version__state=ListState.ACTIVE)
    assert (entry.name, entry.countries) == ("Otto Fiktion", ["DE"])


def test_an_expired_entry_leaves_its_list() -> None:
    decider = make_person(Role.ADMINISTRATOR)
    draft = _propose(expires_on=today() - timedelta(days=1))
    decide_entry(draft_id=draft.pk, approve=True, by=decider.actor)
    kept = _propose(watchlist=draft.watchlist, source_id="H-2")
    decide_entry(draft_id=kept.pk, approve=True, by=decider.actor)
    end_expired_entries()
    assert [entry.source_id for entry in ListEntry.objects.filter(version__state=ListState.ACTIVE)] == ["H-2"]


def test_an_entry_that_is_not_valid_says_why() -> None:
    with pytest.raises(InvalidInput) as caught:
        _propose(facts={"name": "", "birth_dates": ["yesterday"], "countries": ["Narnia"]})
    assert {fault.pointer for fault in caught.value.faults} == {"/name", "/birth_dates", "/countries"}


class _Issuer(BaseHTTPRequestHandler):
    """Publishes a list as issuers do: with an ETag, and broken when told so."""

    body = b"source_id,schema,name\n1,Person,Otto Fiktion\n"
    broken = False
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/list.csv")
            self.end_headers()
            return
        known = self.headers.get("If-None-Match") == f'"{hash(self.body)}"'
        self.send_response(503 if self.broken else 304 if known else 200)
        self.send_header("ETag", f'"{hash(self.body)}"')
        self.end_headers()
        if not known and not self.broken:
            self.wfile.write(self.body)

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def issuer(settings: Any) -> Iterator[tuple[type[_Issuer], str]]:
    settings.FETCH_ALLOWED_HOSTS = ["127.0.0.1"]
    handler = type("Issuer", (_Issuer,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _source(location: str) -> ListSource:
    return set_source(name="Fetched", format="internal_csv", location=location, every_hours=24, activates_itself=True,
                      by=make_person(Role.ADMINISTRATOR).actor)  # fmt: skip


def test_a_list_is_fetched_once_while_its_issuer_has_nothing_new(issuer: tuple[type[_Issuer], str]) -> None:
    handler, url = issuer
    source = _source(f"{url}/moved")
    assert refresh_source(source.pk).state == ListState.ACTIVE
    assert refresh_source(source.pk, force=True) is None
    assert ListVersion.objects.count() == 1
    handler.body += b"2,Person,Anna Fiktiva\n"
    assert refresh_source(source.pk, force=True).doubts


def test_a_failed_fetch_keeps_the_version_is_tried_again_and_raises_an_alarm(issuer: tuple[type[_Issuer], str]) -> None:
    handler, url = issuer
    administrator = make_person(Role.ADMINISTRATOR)
    source = _source(f"{url}/list.csv")
    refresh_source(source.pk)
    handler.broken = True
    assert refresh_source(source.pk, force=True) is None
    source.refresh_from_db()
    assert (source.failures, ListVersion.objects.get().state) == (1, ListState.ACTIVE)
    assert now() < source.next_fetch_at < now() + timedelta(minutes=10)
    assert "could not be fetched" in Notification.objects.get(person=administrator).text
    assert list_ages()[0].late


def test_a_list_is_never_fetched_from_a_private_network(issuer: tuple[type[_Issuer], str], settings: Any) -> None:
    settings.FETCH_ALLOWED_HOSTS = []
    source = _source(f"{issuer[1]}/list.csv")
    refresh_source(source.pk)
    source.refresh_from_db()
    assert "private network" in source.error
    assert issuer[0].asked == 0


def test_a_list_is_not_read_from_outside_the_folder_of_lists() -> None:
    with pytest.raises(InvalidInput):
        _source("../../etc/passwd")


def test_a_list_is_read_from_the_folder_of_lists(settings: Any, tmp_path: Path) -> None:
    settings.LIST_FOLDER = tmp_path
    (tmp_path / "own.csv").write_text("source_id,schema,name\n1,Person,Otto Fiktion\n")
    _source("own.csv")
    call_command("refresh_lists")
    assert ListVersion.objects.get().state == ListState.ACTIVE
