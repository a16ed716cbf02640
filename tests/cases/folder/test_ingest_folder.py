"""The watched folder: what is taken, once, by whom, and what is left with which words."""

import json
import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import ApiClient
from cases.folder import ingest_folder
from cases.models import Case, Submission
from documents.extraction.limits import MAX_BYTES
from documents.models import Document, FolderReceipt
from tests.factories.accounts import make_api_client
from tests.factories.customers import make_customer
from workflows.models import Run
from workflows.services import ensure_shipped_workflows

pytestmark = pytest.mark.django_db
_CUSTOMER = {
    "external_id": "C-1",
    "kind": "person",
    "name": "Jane Citizen",
    "given_names": "Jane",
    "surname": "Citizen",
}


@pytest.fixture
def client_(settings: Settings, tmp_path: Path) -> ApiClient:
    settings.DOCUMENT_ROOT = tmp_path / "store"
    ensure_shipped_workflows()
    return make_api_client()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(path: Path, content: bytes | str, age: float = 60) -> Path:
    """A file last written `age` seconds ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def manifest(**changes: object) -> str:
    return json.dumps({"customer": _CUSTOMER | changes})


def outcomes(folder: Path, client: ApiClient) -> dict[str, str]:
    return {report.path: report.outcome for report in ingest_folder(folder, client)}


def test_folder_with_a_manifest_opens_a_case_with_its_documents(inbox: Path, client_: ApiClient) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    put(inbox / "C-1" / "passport.jpg", b"a picture")
    assert outcomes(inbox, client_) == {"C-1/passport.jpg": "taken", "C-1/submission.json": "taken"}
    submission = Submission.objects.get()
    assert (submission.client, submission.case.customer.external_id) == (client_, "C-1")
    assert submission.case.customer.documents.get().filename == "passport.jpg"


def test_folder_looked_at_twice_is_taken_once(inbox: Path, client_: ApiClient) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    put(inbox / "C-1" / "passport.jpg", b"a picture")
    outcomes(inbox, client_)
    assert set(outcomes(inbox, client_).values()) == {"known"}
    assert (Case.objects.count(), Document.objects.count(), Run.objects.count()) == (1, 1, 1)


def test_later_file_of_a_taken_folder_is_a_further_document(inbox: Path, client_: ApiClient) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    outcomes(inbox, client_)
    put(inbox / "C-1" / "bill.pdf", b"a bill")
    assert outcomes(inbox, client_)["C-1/bill.pdf"] == "taken"
    assert (Case.objects.count(), Document.objects.count()) == (1, 1)
    assert Run.objects.filter(subject_type="document").count() == 1


@pytest.mark.parametrize("path", ["C-7/bill.pdf", "C-7__bill.pdf"])
def test_file_of_a_known_customer_is_attached_by_its_name(inbox: Path, client_: ApiClient, path: str) -> None:
    customer = make_customer(client=client_)
    type(customer).objects.update(external_id="C-7")
    put(inbox / path, b"a bill")
    assert outcomes(inbox, client_) == {path: "taken"}
    assert customer.documents.get().filename == "bill.pdf"


def test_file_of_another_clients_customer_waits(inbox: Path, client_: ApiClient) -> None:
    customer = make_customer()
    put(inbox / f"{customer.external_id}__bill.pdf", b"a bill")
    assert set(outcomes(inbox, client_).values()) == {"waiting"}
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not JSON"), (manifest(kind="ghost"), "/customer/kind"), (manifest(external_id="C-2"), "name of its folder"),
        ("[]", "not valid"),
    ],
)  # fmt: skip
def test_bad_manifest_is_refused_with_its_place_and_not_its_values(
    inbox: Path, client_: ApiClient, text: str, told: str
) -> None:
    put(inbox / "C-1" / "submission.json", text)
    reports = list(ingest_folder(inbox, client_))
    assert [report.outcome for report in reports] == ["refused"]
    assert told in reports[0].told
    assert "ghost" not in reports[0].told
    put(inbox / "C-1" / "submission.json", manifest())
    assert outcomes(inbox, client_) == {"C-1/submission.json": "taken"}


def test_file_that_is_too_large_is_refused_once(inbox: Path, client_: ApiClient) -> None:
    customer = make_customer(client=client_)
    put(inbox / f"{customer.external_id}__scan.pdf", bytes(MAX_BYTES + 5))
    assert set(outcomes(inbox, client_).values()) == {"refused"}
    assert set(outcomes(inbox, client_).values()) == {"known"}
    assert "too large" in FolderReceipt.objects.get().told


def test_file_still_being_written_is_left_alone(inbox: Path, client_: ApiClient) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    put(inbox / "C-1" / "passport.jpg", b"half a pic", age=0)
    assert outcomes(inbox, client_) == {"C-1": "waiting"}
    assert not Case.objects.exists()


def test_hidden_unfinished_and_linked_files_are_not_looked_at(inbox: Path, client_: ApiClient, tmp_path: Path) -> None:
    customer = make_customer(client=client_)
    secret = put(tmp_path / "secret.pdf", b"secret")
    put(inbox / f".{customer.external_id}__a.pdf", b"a")
    put(inbox / f"{customer.external_id}__b.pdf.part", b"b")
    (inbox / f"{customer.external_id}__c.pdf").symlink_to(secret)
    (inbox / customer.external_id).symlink_to(tmp_path)
    assert outcomes(inbox, client_) == {}


def test_same_content_twice_in_one_folder_is_one_document(inbox: Path, client_: ApiClient) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    put(inbox / "C-1" / "a.jpg", b"a picture")
    put(inbox / "C-1" / "b.jpg", b"a picture")
    assert sorted(outcomes(inbox, client_).values()) == ["known", "taken", "taken"]


def test_command_reports_every_file(inbox: Path, client_: ApiClient, capsys: pytest.CaptureFixture[str]) -> None:
    put(inbox / "C-1" / "submission.json", manifest())
    call_command("ingest_folder", str(inbox), client=client_.name)
    assert "taken    'C-1/submission.json': case CASE-" in capsys.readouterr().out


@pytest.mark.parametrize("scopes", [None, []])
def test_command_for_nobody_or_for_a_client_that_may_not_is_refused(inbox: Path, scopes: list[str] | None) -> None:
    name = "nobody" if scopes is None else make_api_client(scopes=scopes).name
    with pytest.raises(CommandError):
        call_command("ingest_folder", str(inbox), client=name)
