"""What the database and the data folder say at the end, held against the clients' ledger."""

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from audit.models import AuditEntry
from bench.drill.load import Ledger
from cases.enums import DecisionState, SubmissionState
from cases.models import Decision, Submission
from cases.selectors import submission_state
from documents import store
from documents.models import Document, Page
from documents.services import sweep_left_files
from monitoring.models import PendingAssessment, Transaction
from screening.enums import CheckState
from screening.models import ProviderCheck
from workflows.enums import RunState
from workflows.models import Run

_ROOT = Path(__file__).resolve().parents[2]
_ENDED = [RunState.DONE, RunState.WAITING]


def left_over() -> int:
    """How many runs, assessments and questions to the provider the workers still have before them."""
    return Run.objects.filter(state=RunState.RUNNING).count() + PendingAssessment.objects.count() + _unanswered()


def _unanswered() -> int:
    return ProviderCheck.objects.filter(state=CheckState.PENDING).count()


def verdict(ledger: Ledger) -> list[tuple[str, int, bool]]:
    """(what was counted, how many, whether any of it is a failure) line by line."""
    submitted, delivered, decided = (ledger.keys(kind) for kind in ("submission", "transaction", "decision"))
    found = {one.case.customer.external_id: one for one in Submission.objects.select_related("case__customer")}
    cases = Counter(Submission.objects.values_list("case__customer__external_id", flat=True))
    rows = Counter(Transaction.objects.values_list("external_id", flat=True))
    in_force = set(map(str, Decision.objects.filter(state=DecisionState.APPROVED).values_list("pk", flat=True)))
    states = Counter(submission_state(found[key])[0] for key in submitted if key in found)
    halves, orphans = sweep_left_files(untouched=timedelta(0))
    files, told = set(store.digests()), _digests()
    parts = sum(bool(path.suffix) for path in Path(settings.DOCUMENT_ROOT).glob("??/*"))
    return [
        ("submissions acknowledged", len(submitted), False),
        ("  of them decided", states[SubmissionState.DECIDED], False),
        ("  of them with a person", states[SubmissionState.IN_REVIEW], False),
        ("  of them in between: LOST", states[SubmissionState.PROCESSING], True),
        ("  not in the database: LOST", sum(key not in found for key in submitted), True),
        ("  there twice: DOUBLED", sum(count > 1 for count in cases.values()), True),
        ("runs that ended neither done nor with a person", Run.objects.exclude(state__in=_ENDED).count(), True),
        ("steps finished twice on the record: DOUBLED", _finished_twice(), True),
        ("questions to the provider never answered: LOST", _unanswered(), True),
        ("transactions acknowledged", len(delivered), False),
        ("  not in the database: LOST", sum(key not in rows for key in delivered), True),
        ("  there twice: DOUBLED", sum(count > 1 for count in rows.values()), True),
        ("  never assessed: LOST", PendingAssessment.objects.count(), True),
        ("approvals acknowledged", len(decided), False),
        ("  not in force: LOST", sum(key not in in_force for key in decided), True),
        ("refused by the product (none was expected)", len(ledger.keys("refused")), True),
        ("rows of documents without a file: LOST", len(told - files), True),
        ("half written files that the sweep removed", halves, False),
        ("files without a row that the sweep removed", orphans, False),
        ("  left by it: ORPHANS", parts + len(files - told), True),
        ("the record does not verify", int(not _verified()), True),
    ]  # fmt: skip


def _finished_twice() -> int:
    bodies = AuditEntry.objects.filter(action="workflows.step_done").values_list("body", flat=True)
    told = [json.loads(bytes(body)) for body in bodies]
    return sum(count > 1 for count in Counter((one["object"]["id"], one["after"]["step"]) for one in told).values())


def _digests() -> set[str]:
    pages = Page.objects.values_list("image_sha256", flat=True)
    return set(Document.objects.values_list("sha256", flat=True)) | {digest for digest in pages if digest}


def _verified() -> bool:
    command = [sys.executable, "manage.py", "verify_audit_log", "--place"]
    return subprocess.run(command, cwd=_ROOT, check=False).returncode == 0
