"""Packs prove themselves with their own verifier, alone; one flipped byte anywhere is found; nothing is in them that is not theirs."""

import io
import json
import random
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.actions import define
from audit.keys import verifiers
from audit.log.notes import Signer
from audit.models import AuditEntry
from audit.selectors import newest_tree
from audit.services import place_pending, record
from cases.models import Case
from cases.selectors import Uninformed
from core.actor import system_actor
from core.clock import now, today
from core.exceptions import PermissionRefused, Unavailable
from customers.models import Customer
from documents.services import store_document
from reporting.evidence import verify
from reporting.evidence.pack import PackWriter
from reporting.evidence.proof import Lines
from reporting.evidence.scope import Scope, scope_of_case, scope_of_customer, scope_of_period
from reporting.services import EvidencePack, Wish, make_evidence, start_evidence
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
TRIED = define("tests.packed", "tried")
SCOPES: dict[str, Callable[[Case], Scope]] = {
    "case": scope_of_case,
    "customer": lambda case: scope_of_customer(case.customer),
    "period": lambda case: scope_of_period(today(), today(), Uninformed()),
}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case() -> Case:
    """A case with a document and something on its record, placed in the tree."""
    case = make_case()
    store_document(customer=case.customer, content=b"%PDF-1.4 a bill", filename="bill.pdf", by=BY)
    place_pending()
    return case


def _made(case: Case, kind: str, folder: Path, **options: Any) -> EvidencePack:
    options = {"by": BY, "with_originals": True} | options
    return make_evidence(scope=SCOPES[kind](case), path=folder / f"{kind}.zip", **options)


@pytest.mark.parametrize("kind", SCOPES)
def test_a_pack_is_proven_by_the_verifier_inside_it_in_an_interpreter_of_its_own(
    case: Case, kind: str, tmp_path: Path
) -> None:
    pack = _made(case, kind, tmp_path).path
    with zipfile.ZipFile(pack) as archive:
        archive.extract("verify.py", tmp_path / "elsewhere")
    command = [sys.executable, "-I", str(tmp_path / "elsewhere" / "verify.py"), str(pack), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path / "elsewhere")
    told = json.loads(answer.stdout)
    assert (answer.returncode, told["proven"], told["originals"]) == (0, True, 1)
    assert told["about"].startswith(kind)


def test_a_pack_is_proven_with_a_key_got_elsewhere_and_by_no_other(case: Case, tmp_path: Path) -> None:
    pack = str(_made(case, "case", tmp_path).path)
    assert verify.main([pack, *(key.as_text() for key in verifiers())]) == 0
    assert verify.main([pack, Signer("probity.local/audit", bytes(32)).verifier.as_text()]) == 1


@pytest.mark.parametrize("kind", SCOPES)
def test_a_flipped_byte_of_any_member_is_found(case: Case, kind: str, tmp_path: Path) -> None:
    """Three random bits of the content of every member, its header, and of the archive's own directory."""
    path = _made(case, kind, tmp_path).path
    raw, chooser = path.read_bytes(), random.Random(f"{kind} 20261121")
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        directory = archive.start_dir
    spans = [(info.header_offset, info.header_offset + 30 + len(info.filename) + info.file_size) for info in members]
    assert [end for _, end in spans] == [*(begin for begin, _ in spans[1:]), directory]
    for first, end in [*spans, (directory, len(raw))]:
        for place in {first, end - 1, *(chooser.randrange(first, end) for _ in range(3))}:
            flipped = raw[place] ^ (1 << chooser.randrange(8))
            path.write_bytes(raw[:place] + bytes([flipped]) + raw[place + 1 :])
            assert verify.answered([str(path)])["proven"] is False, f"byte {place} was flipped and not found"
    for otherwise in (raw[:-1], raw + b"\0", raw[:directory]):
        path.write_bytes(otherwise)
        assert verify.answered([str(path)])["proven"] is False


def test_a_case_is_in_its_pack_as_data_and_as_pages(case: Case, tmp_path: Path) -> None:
    made = _made(case, "case", tmp_path)
    with zipfile.ZipFile(made.path) as archive:
        content = json.loads(archive.read("case.json"))
        assert archive.read("report.pdf").startswith(b"%PDF")
    assert (content["cases"][0]["case"]["number"], content["documents"][0]["filename"]) == (case.number, "bill.pdf")
    body = json.loads(bytes(AuditEntry.objects.latest("pk").body))
    assert body["after"]["manifest_sha256"] == made.manifest_sha256


def test_a_period_holds_its_days_alone(case: Case, tmp_path: Path) -> None:
    yesterday = now() - timedelta(1)
    other = make_case()
    Case.objects.filter(pk=other.pk).update(created_at=yesterday)
    place_pending()
    with zipfile.ZipFile(_made(case, "period", tmp_path).path) as archive:
        told = [json.loads(line) for line in archive.read("customers.jsonl").splitlines()]
    assert [one["case"]["number"] for row in told for one in row["cases"]] == [case.number]
    empty = scope_of_period(today() - timedelta(9), today() - timedelta(8), Uninformed())
    pack = make_evidence(scope=empty, path=tmp_path / "empty.zip", by=BY)
    assert (pack.entries, pack.cases, verify.main([str(pack.path)])) == (0, 0, 0)


def test_an_erased_customer_is_said_to_be_erased(case: Case, tmp_path: Path) -> None:
    Customer.objects.filter(pk=case.customer_id).update(erased_at=now())
    case.customer.refresh_from_db()
    with zipfile.ZipFile(_made(case, "customer", tmp_path).path) as archive:
        assert json.loads(archive.read("customer.json"))["customer"]["erasure"]["erased_at"]


def test_a_case_whose_entries_still_wait_is_exported_in_a_moment(tmp_path: Path) -> None:
    case = make_case()
    with pytest.raises(Unavailable, match="Try again"):
        _made(case, "case", tmp_path)
    assert list(tmp_path.glob("case*")) == []


def test_a_long_period_is_written_without_being_held(case: Case, tmp_path: Path) -> None:
    with transaction.atomic():
        for number in range(2200):
            record(
                TRIED,
                by=BY,
                object_type="test",
                object_id=number,
                stream=f"tests:{number % 50}",
                after={"n": "x" * 200},
            )
    while place_pending():
        pass
    made = _made(case, "period", tmp_path, with_originals=False)
    lines = Lines(SCOPES["period"](case), None, newest_tree())
    tracemalloc.start()
    with PackWriter(tmp_path / "big.zip", "period of a test") as pack:
        pack.add_pieces("entries.jsonl", lines.written(lambda done: None))
    assert verify.answered([str(made.path)])["entries"] == made.entries == lines.count
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < made.path.stat().st_size


def test_the_command_writes_each_kind_and_names_what_is_unknown(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "evidence.zip"
    day = str(today())
    for options in ([case.number], ["--customer", case.customer.external_id], ["--from", day, "--to", day]):
        place_pending()
        call_command("export_evidence", *options, "--output", out, "--reports")
        assert verify.main([str(out)]) == 0
    for wrong, told in ((["NONE"], "no case NONE"), ([], "Say one"), (["--from", day], "A period needs")):
        with pytest.raises(CommandError, match=told):
            call_command("export_evidence", *wrong, "--output", out)


@pytest.mark.parametrize(("role", "originals"), [(Role.REVIEWER, True), (Role.AUDITOR, False)])
def test_a_worker_makes_it_and_originals_are_only_for_who_may_have_them(
    client: Client, case: Case, role: Role, originals: bool
) -> None:
    client.force_login(make_person(role))
    url = reverse("reporting:evidence_customer", args=[case.customer_id])
    assert ('name="originals"' in client.get(url).content.decode()) is originals
    client.post(url, {"originals": "on"})
    place_pending()
    work = LongWork.objects.get(kind="evidence")
    run_work(work.pk)
    work.refresh_from_db()
    answer: Any = client.get(work.result_url)
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert any(name.startswith("documents/originals/") for name in names) is originals


def test_a_period_page_refuses_days_that_end_before_they_begin(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    url = reverse("reporting:evidence_period")
    assert client.post(url, {"first": "2026-02-01", "last": "2026-01-01"}).status_code == 422
    assert client.post(url, {"first": "2026-01-01", "last": "2026-02-01"}).status_code == 302


def test_an_analyst_exports_no_evidence(client: Client, case: Case) -> None:
    analyst = make_person(Role.ANALYST)
    client.force_login(analyst)
    for url in ("evidence_case", "evidence_customer"):
        assert client.get(reverse(f"reporting:{url}", args=[case.pk])).status_code == 403
    with pytest.raises(PermissionRefused):
        start_evidence(wish=Wish("case", str(case.pk)), principal=analyst, by=analyst.actor)
