"""What every write of a filing does: lock, check, keep, record."""

from collections.abc import Mapping
from uuid import UUID

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases.filings.actions import Action
from cases.filings.exceptions import AuthorCannotSettle, FilingNotInState
from cases.filings.models import Filing
from cases.filings.selectors import is_author
from cases.filings.states import STEPS
from cases.services.opening import stream_of
from core.actor import Actor
from core.exceptions import NotFound, PermissionRefused
from core.words import said


def locked_filing(filing_id: UUID, verb: str, by: Actor, version: int | None = None) -> tuple[Filing, User]:
    """The filing under a row lock and the person, where this person may do `verb` now.

    Raises NotFound, PermissionRefused, FilingNotInState, AuthorCannotSettle, and Conflict for a stale `version`.
    """
    person = person_for_actor(by)
    rows = Filing.objects.select_for_update(of=("self",)).select_related("case__customer__party", "profile")
    filing, step = rows.filter(pk=filing_id).first(), STEPS[verb]
    if filing is None:
        raise NotFound("There is no such page.")
    if not person.has_perm(step.permission):
        raise PermissionRefused("Your role does not allow this.")
    if filing.state not in step.sources:
        raise FilingNotInState(
            said(
                "“{title}” is not possible: the report is {state}.",
                title=step.title,
                state=filing.get_state_display().lower(),
            )
        )
    if verb in {"review", "approve"} and is_author(filing, person):
        raise AuthorCannotSettle("You wrote some of this report; somebody else must do that.")
    filing.claim_version(version)
    return filing, person


def record_filing(
    action: Action, filing: Filing, by: Actor, *, after: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """Puts a step of a filing on its case's record, where only those who may know see it."""
    case = filing.case
    record(
        action, by=by, object_type="filing", object_id=filing.pk, stream=stream_of(case), subject_id=case.customer_id,
        after={"number": filing.number, **(after or {})}, reason=reason,
    )  # fmt: skip
