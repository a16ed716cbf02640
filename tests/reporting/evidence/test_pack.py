"""The evidence pack proves itself with its own verifier, alone; one flipped byte anywhere is found."""

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.keys import verifiers
from audit.log.notes import Signer
from audit.models import AuditEntry
from audit.services import place_pending
from cases.models import Case
from core.actor import system_actor
from core.exceptions import Unavailable
from documents.services import store_document
from reporting.evidence import verify
from reporting.services import export_case_evidence
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
BY = system_actor("tests")


@pytest.fixture
def case() -> Case:
    """A case with a document and something on its record, placed in the tree."""
    case = make_case()
    store_document(customer=case.customer, content=b"%PDF-1.4 a bill", filename="bill.pdf", by=BY)
    place_pending()
    return case


@pytest.fixture
def pack(case: Case, tmp_path: Path) -> Path:
    made = export_case_evidence(case=case, by=BY, with_originals=True)
    path = tmp_path / made.name
    path.write_bytes(made.archive)
    return path


def test_the_pack_is_proven_by_the_verifier_inside_it_in_an_interpreter_of_its_own(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        archive.extract("verify.py", tmp_path / "elsewhere")
    command = [sys.executable, "-I", str(tmp_path / "elsewhere" / "verify.py"), str(pack)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path / "elsewhere")
    assert told.returncode == 0, told.stdout
    assert "PROVEN" in told.stdout
    assert "1 original document(s)" in told.stdout


def test_the_pack_is_proven_with_a_key_got_elsewhere_and_by_no_other(pack: Path) -> None:
    assert verify.main([str(pack), *(key.as_text() for key in verifiers())]) == 0
    assert verify.main([str(pack), Signer("probity.local/audit", bytes(32)).verifier.as_text()]) == 1


def test_any_flipped_byte_is_found(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = pack.read_bytes()
    chooser = random.Random(20261121)
    for place in {0, len(raw) - 1, *(chooser.randrange(len(raw)) for _ in range(60))}:
        pack.write_bytes(raw[:place] + bytes([raw[place] ^ 0x01]) + raw[place + 1 :])
        assert verify.main([str(pack)]) == 1, f"byte {place} was flipped and not found"
    assert "NOT PROVEN" in capsys.readouterr().out


def test_the_case_is_in_the_pack_as_data_and_as_a_page(case: Case) -> None:
    made = export_case_evidence(case=case, by=BY)
    archive = zipfile.ZipFile(io.BytesIO(made.archive))
    content = json.loads(archive.read("case.json"))
    assert (content["case"]["number"], content["documents"][0]["filename"]) == (case.number, "bill.pdf")
    assert archive.read("report.pdf").startswith(b"%PDF")
    body = json.loads(bytes(AuditEntry.objects.latest("pk").body))
    assert body["after"]["manifest_sha256"] == made.manifest_sha256


def test_a_case_whose_entries_still_wait_is_exported_in_a_moment() -> None:
    with pytest.raises(Unavailable, match="Try again"):
        export_case_evidence(case=make_case(), by=BY)


def test_the_command_writes_the_pack_and_names_an_unknown_case(case: Case, tmp_path: Path) -> None:
    call_command("export_evidence", case.number, "--output", tmp_path / "evidence.zip")
    assert verify.main([str(tmp_path / "evidence.zip")]) == 0
    with pytest.raises(CommandError, match="no case NONE"):
        call_command("export_evidence", "NONE", "--output", tmp_path / "other.zip")


@pytest.mark.parametrize(("role", "originals"), [(Role.REVIEWER, True), (Role.AUDITOR, False)])
def test_originals_are_only_for_who_may_have_them(client: Client, case: Case, role: Role, originals: bool) -> None:
    client.force_login(make_person(role))
    url = reverse("reporting:evidence_case", args=[case.pk])
    assert ('name="originals"' in client.get(url).content.decode()) is originals
    answer: Any = client.post(url, {"originals": "on"})
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.startswith("documents/originals/") for name in names) is originals


def test_an_analyst_exports_no_evidence(client: Client, case: Case) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(reverse("reporting:evidence_case", args=[case.pk])).status_code == 403
