"""Exporting the evidence of a case."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit.log.canonical import plain
from audit.selectors import entries_for_stream, rows_from
from audit.services import record
from cases.models import Case
from cases.selectors import Uninformed, entries_kept_out
from cases.services.opening import stream_of
from core.actor import Actor
from documents.selectors import documents_for_customer, original_of
from reporting import actions
from reporting.evidence.content import case_content
from reporting.evidence.pack import packed
from reporting.evidence.proof import proofs_for_case
from reporting.evidence.report import report_pdf


@dataclass(frozen=True)
class EvidencePack:
    """The archive and what to call it; the name holds no personal data."""

    name: str
    archive: bytes
    manifest_sha256: str


@transaction.atomic
def export_case_evidence(*, case: Case, by: Actor, with_originals: bool = False, viewer: Any = None) -> EvidencePack:
    """PDF, JSON, the record with proofs, keys and verifier as one archive; originals only `with_originals`.

    It holds what `viewer` may know; without one, nothing of reports of suspicion: packs leave the house.

    Side effects: an audit entry with the manifest's hash, after the archive is made (so the archive does not hold it).
    Raises Unavailable while the case's newest entries are not yet placed.
    """
    stream = stream_of(case)
    viewer = viewer or Uninformed()
    hidden = entries_kept_out(stream, viewer)
    proofs = proofs_for_case(stream, case.customer_id, hidden)
    content = case_content(case, viewer)
    entries = entries_for_stream(stream).order_by("stream_seq")
    rows = rows_from(entries.exclude(hidden) if hidden is not None else entries, with_personal=True)
    files = {
        "report.pdf": report_pdf(case, content, rows, proofs.checkpoint),
        "case.json": json.dumps(_texts(content), indent=1, ensure_ascii=False, sort_keys=True).encode(),
        "entries.jsonl": proofs.entries,
        "checkpoint.txt": proofs.checkpoint.encode(),
        "consistency.json": proofs.consistency,
    }
    if with_originals:
        files |= {f"documents/originals/{document.sha256}": original_of(document)
                  for document in documents_for_customer(case.customer)}  # fmt: skip
    archive, digest = packed(files)
    record(actions.EVIDENCE_EXPORTED, by=by, object_type="case", object_id=case.pk, stream=stream, subject_id=case.customer_id,
           after={"manifest_sha256": digest, "files": len(files), "originals": with_originals})  # fmt: skip
    return EvidencePack(f"evidence-{case.number}.zip", archive, digest)


def _texts(value: object) -> object:
    """Floats as they are (scores in traces), everything else in its one spelling."""
    if isinstance(value, float):
        return value
    if isinstance(value, dict):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return plain(value)
