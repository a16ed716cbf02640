"""Writing a report: prefilled from its case, section by section, each saving kept as a version."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from accounts.models import User
from accounts.selectors import person_for_actor
from cases.assist.checking import Evidence, marks_of
from cases.assist.services import settle_draft, start_draft
from cases.filings import actions, prefill
from cases.filings.drafting import NARRATIVE
from cases.filings.enums import FilingKind, FilingState
from cases.filings.exceptions import FilingNotInState
from cases.filings.form.narrative import taken
from cases.filings.form.shapes import FilingData, Institution, Report, Subject
from cases.filings.models import Filing, FilingNumber, FilingProfile, FilingVersion
from cases.filings.selectors import clocks_of, data_of
from cases.filings.services.common import locked_filing, record_filing
from cases.filings.states import SENT
from cases.models import Case, TextDraft
from cases.services.concealing import conceal_case
from core.actor import Actor
from core.clock import today
from core.exceptions import Fault, InvalidInput, PermissionRefused
from core.permissions import Permission
from core.words import said

_NOT_KNOWN = "0" * 14


@transaction.atomic
def open_filing(*, case: Case, profile: FilingProfile, by: Actor) -> Filing:
    """Drafts a report about a case, prefilled from it.

    Side effects: the case concealed from those who may not know, the filing with its first version, an audit entry.
    Raises PermissionRefused, FilingNotInState where a draft is open already.
    """
    person = _writer(by)
    if case.filings.filter(state__in=[FilingState.DRAFT, FilingState.REVIEWED]).exists():
        raise FilingNotInState("A report about this case is being drafted already.")
    data = prefill.prefilled(case, Institution.model_validate(profile.institution))
    return _opened(case, profile, data, person, by, detected_on=prefill.detected_on(case))


@transaction.atomic
def follow_filing(*, filing_id: UUID, kind: FilingKind, by: Actor) -> Filing:
    """Drafts the report that corrects a filed one or reports that its activity goes on; see `open_filing`.

    A correction begins with what was filed, a continuing report with the case as it is now and the amounts added up.
    """
    previous, person = locked_filing(filing_id, "follow", by)
    if kind == FilingKind.INITIAL or previous.state not in SENT:
        raise InvalidInput("A filed report is corrected or continued.", [Fault("/kind", "is not possible")])
    before = data_of(previous)
    if kind == FilingKind.CORRECTION:
        data, detected = before, previous.detected_on
    else:
        data, detected = prefill.prefilled(previous.case, before.institution), today()
        earlier = before.activity.cumulative or before.activity.amount or Decimal(0)
        data.activity.cumulative = earlier + (data.activity.amount or Decimal(0))
    told = {"kind": kind.value, "prior_number": previous.receiver_number or _NOT_KNOWN}
    data.report = Report.model_validate(data.report.model_dump() | told)
    return _opened(
        previous.case, previous.profile, data, person, by, detected_on=detected, kind=kind, previous=previous
    )


def _writer(by: Actor) -> User:
    person = person_for_actor(by)
    if not person.has_perm(Permission.FILING_EDIT):
        raise PermissionRefused("Your role does not allow this.")
    return person


def _opened(
    case: Case, profile: FilingProfile, data: FilingData, person: User, by: Actor, *, detected_on: date,
    kind: FilingKind = FilingKind.INITIAL, previous: Filing | None = None,
) -> Filing:  # fmt: skip
    number = f"REPORT-{FilingNumber.objects.create().pk:06d}"
    data.report.reference = number
    filing = Filing(
        number=number, case=case, profile=profile, kind=kind, previous=previous,
        detected_on=detected_on, due_on=detected_on, data=data.model_dump(mode="json"), author=person,
    )  # fmt: skip
    filing.due_on = clocks_of(filing, data).due_on
    conceal_case(case=case, holder=f"filing:{filing.pk}")
    filing.save(force_insert=True)
    _keep(filing, "everything", person)
    record_filing(actions.OPENED, filing, by, after={"kind": kind, "profile": profile.code, "due_on": filing.due_on})
    return filing


@transaction.atomic
def save_section(
    *,
    filing_id: UUID,
    section: str,
    value: dict[str, Any],
    place: int | None = None,
    version: int | None = None,
    by: Actor,
) -> Filing:
    """Keeps a section (of `subjects` the one at `place`) as typed; a reviewed report is a draft again.

    Side effects: the filing, a version, an audit entry. Raises InvalidInput with a fault for each field, Conflict.
    """
    filing, person = locked_filing(filing_id, "edit", by, version)
    data = data_of(filing).model_dump(mode="json")
    if place is None:
        data[section] = value
    elif 0 <= place < len(data["subjects"]):
        data["subjects"][place] = value
    else:
        raise InvalidInput("There is no such subject.")
    return _saved(filing, data, section, person, by)


@transaction.atomic
def add_subject(*, filing_id: UUID, version: int | None = None, by: Actor) -> Filing:
    """Adds an empty subject. Side effects: see `save_section`."""
    filing, person = locked_filing(filing_id, "edit", by, version)
    data = data_of(filing)
    data.subjects.append(Subject(is_customer=False))
    return _saved(filing, data.model_dump(mode="json"), "subjects", person, by)


@transaction.atomic
def remove_subject(*, filing_id: UUID, place: int, version: int | None = None, by: Actor) -> Filing:
    """Removes the subject at `place`. Side effects: see `save_section`."""
    filing, person = locked_filing(filing_id, "edit", by, version)
    data = data_of(filing)
    data.subjects = [subject for number, subject in enumerate(data.subjects) if number != place]
    return _saved(filing, data.model_dump(mode="json"), "subjects", person, by)


@transaction.atomic
def keep_transactions(*, filing_id: UUID, numbers: Sequence[str], version: int | None = None, by: Actor) -> Filing:
    """The report's transactions are those with these numbers, of what it holds and of what alerts have found since.

    Side effects: see `save_section`. Raises InvalidInput for a number of neither: no report is silently without what it was to name.
    """
    filing, person = locked_filing(filing_id, "edit", by, version)
    data = data_of(filing)
    known = {row.number: row for row in [*prefill.suspicious_transactions(filing.case.customer), *data.transactions]}
    unknown = [place for place, number in enumerate(numbers) if number not in known]
    if unknown:
        faults = [
            Fault(f"/numbers/{place}", "is neither in the report nor behind an alert that nobody cleared")
            for place in unknown
        ]
        raise InvalidInput("Some of these cannot be reported.", faults)
    data.transactions = [row for number, row in known.items() if number in set(numbers)]
    return _saved(filing, data.model_dump(mode="json"), "transactions", person, by)


@transaction.atomic
def draft_narrative(*, filing_id: UUID, version: int | None = None, by: Actor) -> Filing:
    """Replaces the narrative by a new draft from what the case rests on now. Side effects: see `save_section`."""
    filing, person = locked_filing(filing_id, "edit", by, version)
    data = data_of(filing)
    data.narrative = prefill.narrative_for(filing.case, data)
    return _saved(filing, data.model_dump(mode="json"), "narrative", person, by)


@transaction.atomic
def write_narrative(*, filing_id: UUID, by: Actor) -> Any:
    """Has the language model draft the narrative in a worker. Side effects: those of `start_draft`; the report stays."""
    filing, _ = locked_filing(filing_id, "edit", by)
    return start_draft(case=filing.case, purpose=NARRATIVE, holder_id=filing.pk, by=by)


@transaction.atomic
def take_narrative(*, filing_id: UUID, draft: TextDraft, text: str, version: int | None = None, by: Actor) -> Filing:
    """The narrative is what a person made of a draft. Side effects: see `save_section`; `settle_draft`.

    Raises InvalidInput for a mark that stands for no evidence of the draft, Conflict where it was taken already.
    """
    filing, person = locked_filing(filing_id, "edit", by, version)
    evidence = [Evidence(**row) for row in draft.evidence]
    unknown = [mark for mark in sorted(marks_of(text)) if not 1 <= mark <= len(evidence)]
    if draft.holder_id != filing.pk or unknown or not text.strip():
        faults = [Fault("/text", said("[{mark}] is no evidence of this draft", mark=mark)) for mark in unknown]
        raise InvalidInput("The text cannot be taken into the report.", faults)
    settle_draft(draft=draft, text=text, by=by)
    data = data_of(filing)
    data.narrative = taken(text, evidence, prefill.conclusion_of(filing.case))
    return _saved(filing, data.model_dump(mode="json"), "narrative", person, by)


@transaction.atomic
def save_detection(*, filing_id: UUID, detected_on: date, version: int | None = None, by: Actor) -> Filing:
    """Sets the day of the conclusion that there is reason to suspect; the clocks follow. Side effects: an audit entry."""
    filing, _ = locked_filing(filing_id, "edit", by, version)
    if detected_on > today():
        raise InvalidInput("It cannot have been detected yet.", [Fault("/detected_on", "is in the future")])
    filing.detected_on = detected_on
    filing.due_on = clocks_of(filing).due_on
    filing.save()
    record_filing(actions.EDITED, filing, by, after={"section": "detection", "detected_on": detected_on, "due_on": filing.due_on,
                                                     "version": filing.version})  # fmt: skip
    return filing


def _saved(filing: Filing, data: dict[str, Any], section: str, person: User, by: Actor) -> Filing:
    typed = checked(data)
    filing.data, filing.state = typed.model_dump(mode="json"), FilingState.DRAFT
    filing.reviewed_by = filing.reviewed_at = None
    filing.due_on = clocks_of(filing, typed).due_on
    filing.save()
    number = _keep(filing, section, person)
    record_filing(actions.EDITED, filing, by, after={"section": section, "version": number})
    return filing


def _keep(filing: Filing, section: str, person: User) -> int:
    newest = filing.versions.first()
    number = newest.number + 1 if newest else 1
    FilingVersion.objects.create(filing=filing, number=number, section=section, data=filing.data, saved_by=person)
    return number


def checked(data: dict[str, Any]) -> FilingData:
    """The data, typed; raises InvalidInput with a fault for every field that cannot be kept."""
    try:
        return FilingData.model_validate(data)
    except ValidationError as error:
        faults = [
            Fault(
                "/" + "/".join(str(part) for part in row["loc"] if not str(part).startswith("constrained")), row["msg"]
            )
            for row in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise InvalidInput("Some of it cannot be kept.", faults) from error


@transaction.atomic
def record_filing_view(*, filing: Filing, by: Actor) -> None:
    """Puts on the record that somebody looked at the report."""
    record_filing(actions.VIEWED, filing, by)
