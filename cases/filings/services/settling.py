"""Reviewing, approving, filing; what the receiver answered."""

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction

from cases.filings import actions
from cases.filings.enums import FilingState
from cases.filings.exceptions import FilingIncomplete, FilingNotInState
from cases.filings.formats.base import Answer
from cases.filings.models import Filing
from cases.filings.profiles import format_named
from cases.filings.selectors import data_of, rendered
from cases.filings.services.common import locked_filing, record_filing
from cases.services.concealing import end_concealment
from core.actor import Actor
from core.clock import now, today
from core.exceptions import Fault, InvalidInput
from core.words import said

_SHORTEST = 10


@transaction.atomic
def review_filing(*, filing_id: UUID, version: int | None = None, by: Actor) -> Filing:
    """Somebody who wrote none of it finds it fit to be approved. Side effects: the filing, an audit entry.

    Raises AuthorCannotSettle, FilingIncomplete with every fault.
    """
    filing, person = locked_filing(filing_id, "review", by, version)
    _check_complete(filing)
    filing.state, filing.reviewed_by, filing.reviewed_at, filing.note = FilingState.REVIEWED, person, now(), ""
    filing.save()
    record_filing(actions.REVIEWED, filing, by, after=_version(filing))
    return filing


@transaction.atomic
def return_filing(*, filing_id: UUID, reason: str, version: int | None = None, by: Actor) -> Filing:
    """The report is a draft again, for a reason. Side effects: the filing, an audit entry."""
    filing, _ = locked_filing(filing_id, "return", by, version)
    filing.note = _reason(reason)
    filing.state, filing.reviewed_by, filing.approved_by = FilingState.DRAFT, None, None
    filing.reviewed_at = filing.approved_at = None
    filing.xml = filing.xml_sha256 = ""
    filing.save()
    record_filing(actions.RETURNED, filing, by, reason=filing.note)
    return filing


@transaction.atomic
def approve_filing(*, filing_id: UUID, version: int | None = None, by: Actor) -> Filing:
    """The MLRO approves it for filing. Side effects: the filing, an audit entry.

    Raises AuthorCannotSettle for anybody who wrote some of it, FilingIncomplete.
    """
    filing, person = locked_filing(filing_id, "approve", by, version)
    _check_complete(filing)
    filing.state, filing.approved_by, filing.approved_at = FilingState.APPROVED, person, now()
    filing.save()
    record_filing(actions.APPROVED, filing, by, after=_version(filing))
    return filing


@transaction.atomic
def take_out_xml(*, filing_id: UUID, by: Actor) -> Filing:
    """The report with its XML: written for today while it is not filed, afterwards the bytes that were filed.

    Side effects: the XML kept with its hash, an audit entry. Raises FilingIncomplete.
    """
    filing, _ = locked_filing(filing_id, "export", by)
    if filing.state == FilingState.APPROVED:
        _write(filing, today())
        filing.save()
    record_filing(actions.DOWNLOADED, filing, by, after={"sha256": filing.xml_sha256})
    return filing


@transaction.atomic
def file_filing(
    *, filing_id: UUID, filed_on: date, receiver_number: str = "", version: int | None = None, by: Actor
) -> Filing:
    """It has been filed on a day. Side effects: the XML kept as it says that day, the filing, an audit entry.

    Raises InvalidInput for a day before the approval or in the future, FilingIncomplete.
    """
    filing, person = locked_filing(filing_id, "file", by, version)
    approved_on = filing.approved_at.date() if filing.approved_at else today()
    if not approved_on <= filed_on <= today():
        told = "must be between the approval and today"
        raise InvalidInput("It cannot have been filed that day.", [Fault("/filed_on", told)])
    _write(filing, filed_on)
    filing.state, filing.filed_on, filing.filed_by = FilingState.FILED, filed_on, person
    filing.receiver_number = receiver_number
    filing.save()
    record_filing(
        actions.FILED, filing, by, after={"filed_on": filed_on, "due_on": filing.due_on, "sha256": filing.xml_sha256}
    )
    return filing


@transaction.atomic
def take_in_answer(
    *, filing_id: UUID, content: bytes = b"", number: str = "", accepted: bool = True, remark: str = "", by: Actor
) -> Filing:
    """What the receiver answered: its file, or by hand its number and whether it took the report.

    Side effects: the filing with the receiver's number and its remarks at the form's fields, an audit entry. Raises
    InvalidInput where the file is no answer, or one about several reports.
    """
    filing, _ = locked_filing(filing_id, "answer", by)
    told = (Fault("", remark),) if remark else ()
    answer = _read(filing, content) if content else Answer(number.strip(), accepted, told)
    if answer.accepted and not answer.number:
        raise InvalidInput("The receiver's number is missing.", [Fault("/number", "is missing")])
    filing.state = FilingState.ACKNOWLEDGED if answer.accepted else FilingState.REJECTED
    filing.receiver_number, filing.closed_at = answer.number or filing.receiver_number, now()
    filing.remarks = [remark.as_dict() for remark in answer.remarks]
    filing.save()
    after = {"state": filing.state, "receiver_number": filing.receiver_number, "remarks": len(answer.remarks)}
    record_filing(actions.ACKNOWLEDGED, filing, by, after=after)
    return filing


def _read(filing: Filing, content: bytes) -> Answer:
    reader = format_named(filing.profile.format).answers
    if reader is None or filing.filed_on is None:
        raise InvalidInput("This receiver's answers are taken in by hand.", [Fault("/file", "cannot be read")])
    answers = reader(content, data_of(filing), filing.filed_on)
    if len(answers) != 1:
        raise InvalidInput(
            said("The file answers {answers} reports; this one was sent alone.", answers=len(answers)),
            [Fault("/file", "is another")],
        )
    return answers[0]


@transaction.atomic
def withdraw_filing(*, filing_id: UUID, reason: str, by: Actor) -> Filing:
    """Nothing is filed, for a reason that stays on the record. Side effects: the filing, an audit entry."""
    filing, _ = locked_filing(filing_id, "withdraw", by)
    filing.state, filing.note, filing.closed_at = FilingState.WITHDRAWN, _reason(reason), now()
    filing.save()
    record_filing(actions.WITHDRAWN, filing, by, reason=filing.note)
    end_concealment(case=filing.case, holder=f"filing:{filing.pk}")
    return filing


def _reason(text: str) -> str:
    if len(text.strip()) < _SHORTEST:
        raise InvalidInput(
            "A reason is needed.", [Fault("/reason", said("needs at least {shortest} characters", shortest=_SHORTEST))]
        )
    return text.strip()


def _check_complete(filing: Filing) -> None:
    faults = rendered(filing).faults
    if faults:
        raise FilingIncomplete(
            said("The report is not complete. Missing or wrong: {number}.", number=len(faults)),
            faults,
        )


def _write(filing: Filing, on: date) -> None:
    made = rendered(filing, on)
    if made.faults:
        raise FilingIncomplete("The report is not complete any more.", made.faults)
    if filing.approved_by_id is None:
        raise FilingNotInState("Nobody has approved this report.")
    filing.xml, filing.xml_sha256 = made.xml.decode(), hashlib.sha256(made.xml).hexdigest()


def _version(filing: Filing) -> dict[str, object]:
    newest = filing.versions.first()
    return {"version": newest.number if newest else 0}
