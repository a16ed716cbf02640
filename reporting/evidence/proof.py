"""The entries of a case with their places in the tree, for a pack that proves itself."""

import base64
import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from audit.selectors import PlacedEntry, placed_entries, tree_between
from core.exceptions import Unavailable


@dataclass(frozen=True)
class Proofs:
    """Lines of `entries.jsonl`, the newest checkpoint, and how an earlier one leads to it."""

    entries: bytes
    checkpoint: str
    consistency: bytes
    count: int


def proofs_for_case(stream: str, subject_id: UUID, hidden: Q | None = None) -> Proofs:
    """Every entry of the case's stream, and every other about its customer, under the newest checkpoint; without those `hidden`.

    Raises Unavailable while entries of the stream still wait to be placed: that takes about a second.
    """
    entries = placed_entries(stream=stream, subject_id=subject_id, hidden=hidden)
    if entries is None:
        raise Unavailable("The newest entries are not placed in the tree yet. Try again in a second.")
    last = max(entry.index for entry in entries)
    between = tree_between(last + 1)
    lines = [json.dumps(_line(entry, stream), sort_keys=True) for entry in entries]
    told = {"earlier": between.earlier, "path": [step.hex() for step in between.path]}
    return Proofs(("\n".join(lines) + "\n").encode(), between.newest, json.dumps(told).encode(), len(lines))


def _line(entry: PlacedEntry, stream: str) -> dict[str, object]:
    return {
        "index": entry.index,
        "body": base64.b64encode(entry.body).decode(),
        "path": [step.hex() for step in entry.path],
        "whole_stream": entry.stream == stream,
    }
