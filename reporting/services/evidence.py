"""Making packs of evidence: of a case, a customer or a period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from audit.selectors import newest_tree
from audit.services import record
from cases.selectors import Uninformed, case_for, entries_kept_out, may_know_filings
from core.actor import Actor
from core.exceptions import Fault, InvalidInput, NotFound, PermissionRefused
from core.permissions import Permission
from customers.selectors import customer_for
from documents.enums import VirusScan
from documents.models import Document
from documents.selectors import documents_for_customer, pieces_of_original
from reporting import actions
from reporting.evidence.content import Content, as_json, dossier
from reporting.evidence.pack import PackWriter
from reporting.evidence.proof import Lines, consistency_of
from reporting.evidence.report import Report, report_pdf
from reporting.evidence.scope import (
    CASE,
    CUSTOMER,
    PERIOD,
    Scope,
    case_count,
    cases_of,
    scope_of_case,
    scope_of_customer,
    scope_of_period,
)
from workflows.services import start_work

Told = Callable[[int, int | None, str], None]


@dataclass(frozen=True)
class Wish:
    """What somebody wants in a pack: of what, with originals and reports of suspicion or without."""

    kind: str
    of: str = ""
    first: date | None = None
    last: date | None = None
    originals: bool = False
    reports: bool = False

    def allowed(self, principal: Any) -> "Wish":
        """What of it the principal may have. Raises PermissionRefused where nothing of it."""
        if not principal.has_perm(Permission.REPORT_EXPORT) or (
            self.kind == PERIOD and not principal.has_perm(Permission.AUDIT_VIEW)
        ):
            raise PermissionRefused("Your role does not allow this evidence.")
        originals = self.originals and principal.has_perm(Permission.DOCUMENT_DOWNLOAD)
        return replace(self, originals=originals, reports=self.reports and may_know_filings(principal))


@dataclass(frozen=True)
class EvidencePack:
    """The archive and what to call it; the name holds no personal data."""

    name: str
    path: Path
    manifest_sha256: str
    entries: int
    cases: int


@transaction.atomic
def start_evidence(*, wish: Wish, principal: Any, by: Actor) -> Any:
    """Has a worker make a pack for the principal. Side effects: the work, an audit entry.

    Raises NotFound, PermissionRefused, InvalidInput for a period that ends before it begins.
    """
    wanted = wish.allowed(principal)
    scope = scope_for(wanted, principal)
    inputs = {name: str(value) for name, value in vars(wanted).items() if value}
    work = start_work(kind="evidence", title=scope.title, inputs=dict(inputs), by=by)
    told = {"kind": scope.kind, "name": scope.name, "originals": wanted.originals}
    record(actions.EVIDENCE_STARTED, by=by, object_type="work", object_id=work.pk, stream="exports", after=told)
    return work


def scope_for(wish: Wish, principal: Any) -> Scope:
    """What a wish is about, where the principal may see it. Raises NotFound, InvalidInput."""
    if wish.kind == CASE:
        return scope_of_case(case_for(principal, wish.of))
    if wish.kind == CUSTOMER:
        return scope_of_customer(customer_for(principal, wish.of))
    if wish.kind != PERIOD or wish.first is None or wish.last is None:
        raise NotFound("There is no such evidence.")
    if wish.first > wish.last:
        raise InvalidInput("The period ends before it begins.", [Fault("/last", "is before the first day")])
    return scope_of_period(wish.first, wish.last, principal if wish.reports else Uninformed())


def make_evidence(
    *, scope: Scope, path: Path, by: Actor, viewer: Any = None, with_originals: bool = False, with_personal: bool = True,
    told: Told = lambda done, total, stage: None,
) -> EvidencePack:  # fmt: skip
    """Report, data, the record with proofs, keys and verifier as one archive at `path`; originals only `with_originals`.

    It holds what `viewer` may know; without one, nothing of reports of suspicion: packs leave the house. Personal values
    of the record stand in the report `with_personal`; in the data they are always as they were sealed.

    Side effects: the file; an audit entry with the manifest's hash, after the archive is made (so the archive does not
    hold it). Raises Unavailable while the newest entries of a case or customer are not yet placed.
    """
    viewer = viewer or Uninformed()
    tree, hidden = newest_tree(), entries_kept_out(viewer)
    with PackWriter(path, scope.about) as pack:
        lines = Lines(scope, hidden, tree)
        pack.add_pieces("entries.jsonl", lines.written(lambda done: told(done, None, "proving entries")))
        pack.add("checkpoint.txt", tree.newest.encode())
        pack.add("consistency.json", consistency_of(tree))
        report = Report(scope, viewer, tree, hidden, by, lines.count, with_personal)
        count = _add_content(pack, report, told)
        told(count, count, "writing the report")
        pack.add("report.pdf", report_pdf(report))
        originals = _add_originals(pack, scope, viewer, lines.documents, told) if with_originals else 0
        digest = pack.finish()
    _record(scope, viewer, by, {"manifest_sha256": digest, "entries": lines.count, "originals": originals})
    return EvidencePack(f"evidence-{scope.name}.zip", path, digest, lines.count, count)


@transaction.atomic
def _record(scope: Scope, viewer: Any, by: Actor, after: dict[str, object]) -> None:
    told = {
        CASE: actions.EVIDENCE_EXPORTED,
        CUSTOMER: actions.CUSTOMER_EVIDENCE_EXPORTED,
        PERIOD: actions.PERIOD_EVIDENCE_EXPORTED,
    }
    where = {"object_type": scope.kind, "object_id": scope.object_id, "subject_id": scope.subject_id}
    record(told[scope.kind], by=by, stream=scope.stream, after=after | {"name": scope.name}, **where)  # type: ignore[arg-type]
    if may_know_filings(viewer):  # that reports went out is for those alone who may know of them
        after = {"manifest_sha256": after["manifest_sha256"], "name": scope.name}
        record(actions.REPORTS_EXPORTED, by=by, stream="filings", after=after, **where)  # type: ignore[arg-type]


def _add_content(pack: PackWriter, report: Report, told: Told) -> int:
    """The data, of a period one customer a line; how many cases it tells of."""
    scope, total = report.scope, case_count(report.scope)
    if scope.customer is not None:
        cases = list(cases_of(scope, report.viewer))
        report.content = dossier(scope.customer, cases, report.viewer)
        pack.add(f"{scope.kind}.json", as_json(report.content, indent=1))
        return len(cases)
    pack.add_pieces("customers.jsonl", _lines(report, total, told))
    return total


def _lines(report: Report, total: int, told: Told) -> Iterator[bytes]:
    done = 0
    for _, rows in groupby(cases_of(report.scope, report.viewer), key=lambda case: case.customer_id):
        cases = list(rows)
        content: Content = dossier(cases[0].customer, cases, report.viewer)
        report.count(content)
        done += len(cases)
        told(done, total, "gathering cases")
        yield as_json(content) + b"\n"


def _add_originals(pack: PackWriter, scope: Scope, viewer: Any, known: set[str], told: Told) -> int:
    """The originals that the pack's entries name; a file with harmful content stays in the house."""
    added: set[str] = set()
    for document in _documents(scope, viewer):
        if document.sha256 in known - added and document.virus_scan != VirusScan.INFECTED:
            pack.add_pieces(f"documents/originals/{document.sha256}", pieces_of_original(document))
            added.add(document.sha256)
            told(len(added), None, "adding originals")
    return len(added)


def _documents(scope: Scope, viewer: Any) -> Iterator[Document]:
    if scope.customer is not None:
        yield from documents_for_customer(scope.customer)
        return
    for _, rows in groupby(cases_of(scope, viewer), key=lambda case: case.customer_id):
        yield from documents_for_customer(next(rows).customer)
