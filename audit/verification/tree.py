"""The tree over the stored leaves against its subtrees, its signed checkpoints and what the anchors hold."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit.anchors.base import Anchor, configured_anchors
from audit.epochs import RESTORE_DECLARED, epoch_of
from audit.keys import verifiers
from audit.log.checkpoints import Checkpoint, parse_checkpoint
from audit.log.faults import LogFault
from audit.log.merkle import Frontier
from audit.log.notes import NoteRefused, open_note
from audit.models import AuditCheckpoint, AuditEntry, AuditLeaf, AuditNode
from core.words import said

_TILE = 8


@dataclass(frozen=True)
class Restore:
    """A declared restore: of `anchored` entries `kept` were there."""

    kept: int
    anchored: int
    at: str


@dataclass
class TreeFindings:
    """Faults of the tree, and ranges that are lost but declared."""

    faults: list[LogFault] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)


def check_tree(size: int) -> TreeFindings:
    """Rebuilds the tree over the first `size` leaves and compares every root that was ever signed or anchored."""
    findings = TreeFindings()
    checkpoints = list(_opened(AuditCheckpoint.objects.order_by("size").values_list("size", "note"), findings))
    anchored = list(_anchored(findings))
    roots = _roots(size, {one.size for one in checkpoints} | {one.size for one in anchored} | {size}, findings)
    for one in checkpoints:
        if one.size <= size and roots.get(one.size) != one.root:
            findings.faults.append(_differs(one, said("the checkpoint")))
    _compare_anchors(anchored, roots, size, findings)
    return findings


def _opened(rows: Iterable[tuple[int, str]], findings: TreeFindings) -> Iterable[Checkpoint]:
    known = verifiers()
    for size, note in rows:
        try:
            checkpoint = parse_checkpoint(open_note(note, known))
        except NoteRefused as refused:
            findings.faults.append(
                LogFault(
                    size - 1,
                    "signature",
                    said("the checkpoint of {size} entries: {refused}", size=size, refused=refused),
                )
            )
            continue
        if checkpoint.size != size:
            findings.faults.append(
                LogFault(
                    size - 1,
                    "signature",
                    said("the checkpoint of {size} says {size_2}", size=size, size_2=checkpoint.size),
                )
            )
        yield checkpoint


def _anchored(findings: TreeFindings) -> Iterable[Checkpoint]:
    known = verifiers()
    for anchor in configured_anchors():
        for number, note in enumerate(_held_by(anchor, findings), start=1):
            try:
                yield parse_checkpoint(open_note(note, known))
            except NoteRefused as refused:
                findings.faults.append(
                    LogFault(
                        -1,
                        "anchor",
                        said(
                            "note {number} of the anchor {name}: {refused}",
                            number=number,
                            name=anchor.name,
                            refused=refused,
                        ),
                    )
                )


def _held_by(anchor: Anchor, findings: TreeFindings) -> Iterable[str]:
    try:
        yield from anchor.notes()
    except NoteRefused as refused:
        findings.faults.append(
            LogFault(-1, "anchor", said("a note of the anchor {name}: {refused}", name=anchor.name, refused=refused))
        )


def _roots(size: int, wanted: set[int], findings: TreeFindings) -> dict[int, bytes]:
    """Roots at the wanted sizes, while comparing each stored subtree with what its leaves give."""
    stored = {
        (level, index): bytes(found) for level, index, found in AuditNode.objects.values_list("level", "index", "hash")
    }
    edge, roots = Frontier(), {}
    leaves = AuditLeaf.objects.filter(seq__lt=size).order_by("seq").values_list("leaf", flat=True)
    for leaf in leaves.iterator(chunk_size=10000):
        for node in edge.append(bytes(leaf)):
            if node.level % _TILE == 0 and stored.pop(node[:2], None) != node.hash:
                findings.faults.append(
                    LogFault(
                        edge.size - 1,
                        "subtree",
                        said("subtree {level}/{index} differs", level=node.level, index=node.index),
                    )
                )
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    beyond = [place for place in stored if (place[1] + 1) << place[0] <= size]
    findings.faults += [
        LogFault(-1, "subtree", said("subtree {level}/{index} has no leaves", level=level, index=index))
        for level, index in beyond
    ]
    return roots


def _compare_anchors(anchored: list[Checkpoint], roots: dict[int, bytes], size: int, findings: TreeFindings) -> None:
    restores = _restores()
    for one in anchored:
        epoch = epoch_of(one.origin)
        kept = min((restore.kept for restore in restores[epoch:]), default=None)
        if kept is not None and one.size > kept:
            restore = restores[epoch]
            told = said(
                "entries {kept} to {value} of {origin}: restore declared {at}",
                kept=restore.kept,
                value=restore.anchored - 1,
                origin=one.origin,
                at=restore.at,
            )
            if one.size > restore.anchored:
                findings.faults.append(_differs(one, said("more than the declared restore lost; the anchor")))
            elif told not in findings.declared:
                findings.declared.append(told)
        elif one.size > size:
            what = said(
                "the anchor holds {size} entries of {origin}, the record {size_2}: truncated or rolled back",
                size=one.size,
                origin=one.origin,
                size_2=size,
            )
            findings.faults.append(LogFault(size, "rolled_back", what))
        elif roots.get(one.size) != one.root:
            findings.faults.append(_differs(one, said("the anchor")))


def _restores() -> list[Restore]:
    rows = AuditEntry.objects.filter(action=RESTORE_DECLARED.code).order_by("pk").values_list("body", flat=True)
    bodies = [json.loads(bytes(body)) for body in rows]
    return [Restore(body["after"]["kept"], body["after"]["anchored"], body["at"][:16]) for body in bodies]


def _differs(checkpoint: Checkpoint, who: str) -> LogFault:
    what = said(
        "{who} of {size} entries has another root than the record's first {size} give", who=who, size=checkpoint.size
    )
    return LogFault(checkpoint.size - 1, "root", what)
