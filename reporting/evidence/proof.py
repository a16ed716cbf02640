"""The entries of a pack with their places in the tree: lines of `entries.jsonl` that prove themselves."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from audit.selectors import PlacedEntry, TreeBetween, placed_entries
from reporting.evidence.scope import PERIOD, Scope


@dataclass
class Lines:
    """Writes the lines one after another; afterwards `count` and `documents`, the SHA-256 that entries name, are whole."""

    scope: Scope
    hidden: Q | None
    tree: TreeBetween
    count: int = 0
    documents: set[str] = field(default_factory=set)

    def written(self, told: Callable[[int], None]) -> Iterator[bytes]:
        """Every line. Raises Unavailable while an entry of a case or customer still waits to be placed.

        A period is as the checkpoint has it: what is recorded while the pack is made is not waited for.
        """
        waits = self.scope.kind != PERIOD
        for entry in placed_entries(self.scope.entries, self.tree, hidden=self.hidden, waits=waits):
            self.count += 1
            self._keep(entry)
            told(self.count)
            yield json.dumps(_line(entry, entry.stream in self.scope.whole), sort_keys=True).encode() + b"\n"

    def _keep(self, entry: PlacedEntry) -> None:
        if b'"sha256"' in entry.body:
            named = (json.loads(entry.body).get("after") or {}).get("sha256")
            self.documents.add(str(named))


def _line(entry: PlacedEntry, whole: bool) -> dict[str, object]:
    return {
        "index": entry.index,
        "body": base64.b64encode(entry.body).decode(),
        "path": [step.hex() for step in entry.path],
        "whole_stream": whole,
    }


def consistency_of(tree: TreeBetween) -> bytes:
    """`consistency.json`: that an earlier checkpoint is the beginning of the newest."""
    return json.dumps({"earlier": tree.earlier, "path": [step.hex() for step in tree.path]}).encode()
