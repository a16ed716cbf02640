"""Verifying the whole record, and remembering what was found."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

import django
from django.db import connection
from django.db.models import F

from audit.alarms import raise_alarm
from audit.log.faults import LogFault
from audit.models import AuditCheckpoint, AuditLeaf, AuditVerification
from audit.verification.edges import check_edges
from audit.verification.entries import RangeFindings, check_beginnings, examine_range
from audit.verification.tree import TreeFindings, check_tree
from core.clock import now

_MOST_STORED = 100


def verify_record(
    *, workers: int = 1, told: Callable[[int, int], None] = lambda done, total: None
) -> AuditVerification:
    """Verifies everything up to the newest checkpoint and what waits behind it; the stored outcome.

    Faults are in the order of the tree, so that the first names the first bad entry. Side effects: the row, whose
    `entries` grows with the work; an alarm for the first fault. `told` hears how much of how much is done. With several
    workers the entries are examined in as many processes.
    """
    run = AuditVerification.objects.create(started_at=now())
    last = AuditCheckpoint.objects.first()
    size = last.size if last else 0
    findings, tree = _examined(size, workers, _teller(run, size, told))
    faults = [*findings.faults, *check_beginnings(findings), *tree.faults, *check_edges(findings), *_unsigned(size)]
    faults.sort(key=lambda fault: (fault.place < 0, fault.place))
    run.faults, run.declared = [fault.as_dict() for fault in faults[:_MOST_STORED]], tree.declared
    run.entries, run.finished_at = size, now()
    run.save()
    if faults:
        raise_alarm("rolled_back" if faults[0].kind == "rolled_back" else "verification_failed", faults[0].what)
    return run


def _teller(run: AuditVerification, size: int, told: Callable[[int, int], None]) -> Callable[[int], None]:
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        AuditVerification.objects.filter(pk=run.pk).update(entries=F("entries") + more)
        told(done, size)

    return tell


def _examined(size: int, workers: int, tell: Callable[[int], None]) -> tuple[RangeFindings, TreeFindings]:
    """Entries and tree; with several workers the tree is rebuilt here while they examine the entries."""
    if workers == 1:
        return examine_range(0, size, tell), check_tree(size)
    parts = workers * 4
    bounds = [size * part // parts for part in range(parts + 1)]
    whole = RangeFindings()
    with ProcessPoolExecutor(workers, get_context("spawn"), django.setup) as pool:
        database = [str(connection.settings_dict["NAME"])] * parts
        found = pool.map(_examined_elsewhere, database, bounds[:-1], bounds[1:])
        tree = check_tree(size)
        for (start, end), part in zip(pairwise(bounds), found, strict=True):
            whole.join(part)
            tell(end - start)
    return whole, tree


def _examined_elsewhere(database: str, start: int, end: int) -> RangeFindings:
    """A range, examined in a process of its own on its parent's database."""
    connection.settings_dict["NAME"] = database
    return examine_range(start, end)


def _unsigned(size: int) -> list[LogFault]:
    """Leaves beyond the newest checkpoint: the sequencer never leaves any."""
    beyond = AuditLeaf.objects.filter(seq__gte=size).count()
    newest = AuditCheckpoint.objects.first()
    if beyond and (newest.size if newest else 0) == size:
        return [LogFault(size, "unsigned", f"{beyond} placed entries stand behind the newest checkpoint")]
    return []
