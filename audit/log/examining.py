"""What must hold of one entry by itself and after the one before it. Pure; the sequencer and the verifier ask here."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from audit.log.canonical import plain
from audit.log.leaves import chain_hash, entry_mac, leaf_hash
from core.words import said


class SealedEntry(NamedTuple):
    """A row of the record as it is stored: the exact bytes, their hashes, and the copies for searching."""

    id: int
    stream: str
    stream_seq: int
    prev: bytes
    body: bytes
    leaf: bytes
    mac: bytes
    mac_key_id: int
    at: datetime
    action: str
    actor_kind: str
    actor_id: str
    actor_name: str
    object_type: str
    object_id: str
    subject_id: object
    request_id: str


def examine(entry: SealedEntry, keys: Mapping[int, str], after: tuple[int, bytes] | None = None) -> str:
    """What is wrong with the entry in words, or nothing. `after` is its stream's last number and chain hash, if known."""
    if leaf_hash(entry.body) != entry.leaf:
        return said("its bytes are not those that were hashed")
    key = keys.get(entry.mac_key_id)
    if key is None or not hmac.compare_digest(entry_mac(key.encode(), entry.body), entry.mac):
        return said("it was not written by the application: its MAC does not fit")
    differing = _differing(entry)
    if differing:
        return said("its column {differing} is not what its bytes say", differing=differing)
    if after is not None and (entry.stream_seq, entry.prev) != (after[0] + 1, after[1]):
        return said("it does not continue its stream after number {after}", after=after[0])
    return ""


def end_after(entry: SealedEntry) -> tuple[int, bytes]:
    """The end of the stream once this entry stands in it."""
    return entry.stream_seq, chain_hash(entry.prev, entry.body)


def _differing(entry: SealedEntry) -> str:
    """The first search column that cannot be derived from the body again."""
    try:
        told = json.loads(entry.body.decode("ascii"))
        actor, thing = told["actor"], told["object"]
        pairs = (
            ("stream", told["stream"], entry.stream),
            ("stream_seq", told["seq"], entry.stream_seq),
            ("prev", told["prev"], entry.prev.hex()),
            ("at", told["at"], plain(entry.at)),
            ("action", told["action"], entry.action),
            ("actor_kind", actor["kind"], entry.actor_kind),
            ("actor_id", actor["id"], entry.actor_id),
            ("actor_name", actor["name"], entry.actor_name),
            ("object_type", thing["type"], entry.object_type),
            ("object_id", thing["id"], entry.object_id),
            ("subject_id", told["subject_id"], entry.subject_id and str(entry.subject_id)),
            ("request_id", told["request_id"], entry.request_id),
        )
    except (ValueError, KeyError, TypeError):
        return "body"
    return next((name for name, said, stored in pairs if said != stored), "")
