"""Personal data inside entries: AES-256-GCM under a key of the data subject (crypto-shredding, EDPB 02/2025)."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from audit.log.canonical import canonical_bytes
from audit.models import SubjectKey

_NONCE = 12


def seal(subject_id: UUID, personal: Mapping[str, object]) -> str:
    """The ciphertext of `personal` for the record, base64. Makes the subject's key on first use.

    Raises SubjectKey.DoesNotExist never; a subject whose key was destroyed gets no new one: ValueError.
    """
    key = _key_for(subject_id)
    if key is None:
        raise ValueError("this subject's key has been destroyed; nothing more can be sealed for it")
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, canonical_bytes(personal), subject_id.bytes)
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(subject_id: UUID, sealed: str) -> dict[str, object] | None:
    """The personal data again, or None where the key has been destroyed or does not fit."""
    row = SubjectKey.objects.filter(pk=subject_id).first()
    if row is None or row.wrapped is None:
        return None
    raw = base64.b64decode(sealed)
    try:
        clear = AESGCM(_unwrap(subject_id, bytes(row.wrapped))).decrypt(raw[:_NONCE], raw[_NONCE:], subject_id.bytes)
    except InvalidTag:
        return None
    data: dict[str, object] = json.loads(clear)
    return data


def _key_for(subject_id: UUID) -> bytes | None:
    fresh = AESGCM.generate_key(256)
    row, created = SubjectKey.objects.get_or_create(pk=subject_id, defaults={"wrapped": _wrap(subject_id, fresh)})
    if created:
        return fresh
    return None if row.wrapped is None else _unwrap(subject_id, bytes(row.wrapped))


def _wrap(subject_id: UUID, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_installation_key()).encrypt(nonce, key, subject_id.bytes)


def _unwrap(subject_id: UUID, wrapped: bytes) -> bytes:
    return AESGCM(_installation_key()).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], subject_id.bytes)


def _installation_key() -> bytes:
    return hashlib.sha256(settings.SUBJECT_KEY_SECRET.encode()).digest()
