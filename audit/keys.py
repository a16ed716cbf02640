"""The keys that sign checkpoints. They live in files outside the database: its superuser cannot sign another tree.

`<id>.key` holds a secret seed (mode 0600), `<id>.vkey` its public key. Every secret present signs, so a key is rotated
by making a second one, and retired by taking its `.key` away; its `.vkey` stays, for the notes it signed.
"""

import base64
import os
from pathlib import Path

from django.conf import settings

from audit.log.notes import Signer, Verifier, parse_verifier


def signers() -> list[Signer]:
    """Everyone who signs a checkpoint now. Side effect: the first key is made where there is none."""
    folder = _folder()
    if not any(folder.glob("*.vkey")):
        make_signing_key()
    return [_signer(path) for path in sorted(folder.glob("*.key"))]


def verifiers() -> list[Verifier]:
    """Every public key that ever signed here, retired ones too."""
    return [parse_verifier(path.read_text()) for path in sorted(_folder().glob("*.vkey"))]


def make_signing_key() -> Verifier:
    """Makes one more key and gives its public part. The files appear whole or not at all."""
    signer = Signer(settings.AUDIT_ORIGIN, os.urandom(32))
    verifier = signer.verifier
    _write(_folder() / f"{verifier.key_id.hex()}.key", base64.b64encode(signer.seed).decode(), 0o600)
    _write(_folder() / f"{verifier.key_id.hex()}.vkey", verifier.as_text(), 0o644)
    return verifier


def retire_signing_key(key_id: str) -> None:
    """Takes a secret away; its public key stays. Raises FileNotFoundError for one that does not sign here."""
    (_folder() / f"{key_id}.key").unlink()


def _folder() -> Path:
    folder: Path = settings.AUDIT_SIGNING_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _signer(path: Path) -> Signer:
    return Signer(settings.AUDIT_ORIGIN, base64.b64decode(path.read_text()))


def _write(path: Path, text: str, mode: int) -> None:
    draft = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(path)
