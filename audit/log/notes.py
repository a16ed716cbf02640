"""Signed notes (c2sp.org/signed-note) with Ed25519, and verifier keys as text. Pure but for `cryptography`.

A note is a text ending in a line break, an empty line, and one line per signature: an em dash, a space, the signer's
name, a space, and base64 of the four bytes of the key's id with the signature. Several signers may sign one note: so a
key is rotated with both for a while.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\u2014 "
_ID = 4
_MOST_SIGNATURES = 100


class NoteRefused(ValueError):
    """The note is malformed, or no known key signed it, or a known key's signature does not fit."""


@dataclass(frozen=True)
class Verifier:
    """A public key under a name. `key_id` is what a signature line begins with."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID]

    def as_text(self) -> str:
        """`name+id+key`, as it is published."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """True where the signature over the text is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key under a name; `seed` is its 32 secret bytes."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signature line for the text, with its line break."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{_DASH}{self.name} {base64.b64encode(self.verifier.key_id + signature).decode()}\n"


def parse_verifier(text: str) -> Verifier:
    """A published verifier key. Raises NoteRefused where it is malformed or its id is not its key's."""
    try:
        name, key_id, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteRefused("this is no verifier key of the form name+id+key") from error
    verifier = Verifier(name, raw[1:])
    if raw[:1] != _ED25519 or verifier.key_id.hex() != key_id:
        raise NoteRefused(f"the verifier key {name} is not Ed25519 or its id does not fit")
    return verifier


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The note of `text` signed by everyone. The text must end in its only final line break."""
    if not text.endswith("\n") or "\n\n" in text:
        raise ValueError("a note's text ends in a line break and holds no empty line")
    return text + "\n" + "".join(signer.sign(text) for signer in signers)


def open_note(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one known key signed. Signatures of unknown keys are passed over.

    Raises NoteRefused.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteRefused("this is no signed note: there is no empty line before its signatures")
    text += "\n"
    known: Mapping[tuple[str, bytes], Verifier] = {(one.name, one.key_id): one for one in verifiers}
    signatures = [_signature(line) for line in lines[:-1].split("\n")[:_MOST_SIGNATURES]]
    ours = [(known[name, raw[:_ID]], raw[_ID:]) for name, raw in signatures if (name, raw[:_ID]) in known]
    if not ours:
        raise NoteRefused("no known key signed this note")
    for verifier, signature in ours:
        if not verifier.accepts(text, signature):
            raise NoteRefused(f"the signature of {verifier.name} does not fit the text")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap:
        raise NoteRefused("a signature line is malformed")
    try:
        return name, base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise NoteRefused("a signature is no base64") from error
