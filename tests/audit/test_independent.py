"""Other people's implementations of RFC 6962 and of signed notes agree with the record's tree."""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pymerkle import InmemoryTree

from audit.keys import verifiers
from audit.log.checkpoints import parse_checkpoint
from audit.log.notes import open_note
from audit.models import AuditCheckpoint, AuditEntry, AuditLeaf
from audit.proofs import consistency_proof, inclusion_proof
from bench.tampering.log_of import log_of

pytestmark = pytest.mark.django_db
PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")


def _bodies() -> list[bytes]:
    by_id = {pk: bytes(body) for pk, body in AuditEntry.objects.values_list("pk", "body")}
    return [by_id[pk] for pk in AuditLeaf.objects.order_by("seq").values_list("entry_id", flat=True)]


def test_pymerkle_gives_the_root_that_every_checkpoint_signs() -> None:
    log_of(1, 6, 13, 300)
    bodies = _bodies()
    for checkpoint in AuditCheckpoint.objects.all():
        signed = parse_checkpoint(open_note(checkpoint.note, verifiers()))
        tree = InmemoryTree(algorithm="sha256")
        for body in bodies[: signed.size]:
            tree.append_entry(body)
        assert tree.get_root() == signed.root


def _written(folder: Path) -> Path:
    """What the Go program reads."""
    newest, earlier = AuditCheckpoint.objects.first(), AuditCheckpoint.objects.last()
    (folder / "key").write_text(verifiers()[0].as_text())
    (folder / "checkpoint").write_text(newest.note)
    (folder / "earlier").write_text(earlier.note)
    proofs = {"entries": _bodies(), "consistency": consistency_proof(earlier.size, newest.size)}
    for leaf in AuditLeaf.objects.all():
        entry = AuditEntry.objects.get(pk=leaf.entry_id)
        proofs[f"inclusion-{leaf.seq}"] = list(inclusion_proof(entry).path)
    for name, lines in proofs.items():
        (folder / name).write_text("".join(f"{base64.b64encode(line).decode()}\n" for line in lines))
    return folder


def _go(folder: Path) -> "subprocess.CompletedProcess[str]":
    settings = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder.parent / "go-cache")}
    program = Path(__file__).with_name("independent") / "main.go"
    command = ["go", "run", str(program), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **settings}, check=False)


@pytest.mark.skipif(
    not (shutil.which("go") and PACKAGES.is_dir()),
    reason="Go and golang.org/x/mod are not here (Debian: golang-go golang-golang-x-mod-dev)",
)
def test_the_packages_of_gos_checksum_database_verify_notes_tree_and_proofs(tmp_path: Path) -> None:
    log_of(2, 11)
    folder = tmp_path / "log"
    folder.mkdir()
    verified = _go(_written(folder))
    assert verified.stdout == "verified 13\n", verified.stderr
    (folder / "entries").write_text((folder / "entries").read_text().replace("A", "B", 1))
    assert _go(folder).returncode == 1
