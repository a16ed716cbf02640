"""What people add to a case: comments that name people, tags, ticks on the checklist; who has it open."""

import re
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.selectors import people_who_may, person_for_actor
from audit.services import record
from cases import actions
from cases.models import Case, CaseTag, CaseViewer, ChecklistTick, Comment, Tag
from cases.selectors import blueprints_in_force, viewers_of
from cases.services.opening import stream_of
from cases.services.work import locked_case
from cases.signals import case_changed, people_mentioned, viewers_changed
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.permissions import Permission
from core.words import said

_LONGEST_TAG = 40
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*\w)")


@transaction.atomic
def comment_on_case(*, case_id: UUID, text: str, by: Actor) -> Comment:
    """Adds a comment; `@username` tells that colleague.

    Side effects: the comment, `case_changed`, `people_mentioned`, an audit entry.
    """
    person = person_for_actor(by)
    if not text.strip():
        raise InvalidInput("The comment is empty.", [Fault("/text", "is empty")])
    case = locked_case(case_id)
    comment = Comment.objects.create(case=case, author=person, text=text.strip())
    case_changed.send(Case, case_id=case.pk)
    mentioned = list(_mentioned(text).exclude(pk=person.pk).values_list("pk", flat=True))
    if mentioned:
        people_mentioned.send(Case, case_id=case.pk, comment_id=comment.pk, person_ids=mentioned)
    record(
        actions.COMMENTED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        personal={"text": comment.text}, subject_id=case.customer_id,
    )  # fmt: skip
    return comment


def _mentioned(text: str) -> QuerySet[User]:
    """Those mentioned who may see cases: nobody learns of a case by a mention who could not open it."""
    return people_who_may(Permission.CASE_VIEW).filter(username__in=_MENTION.findall(text))


def clean_tag(name: str) -> str:
    """A tag's spelling: lower case, one space between words. Raises InvalidInput for none or more than 40 characters."""
    tag = " ".join(name.lower().split()).lstrip("#")
    if not tag or len(tag) > _LONGEST_TAG:
        raise InvalidInput(
            "This is no tag.",
            [Fault("/tag", "is empty or too long", said("1 to {longest_tag} characters", longest_tag=_LONGEST_TAG))],
        )
    return tag


@transaction.atomic
def add_tag(*, case_id: UUID, name: str, by: Actor) -> bool:
    """Puts a tag on a case, making the tag on first use; False where it is there.

    Side effects: the tagging, `case_changed`, an audit entry.
    """
    person, tag = person_for_actor(by), clean_tag(name)
    case = locked_case(case_id)
    row, _ = Tag.objects.get_or_create(name=tag)
    _, added = CaseTag.objects.get_or_create(case=case, tag=row, defaults={"added_by": person})
    if added:
        case_changed.send(Case, case_id=case.pk)
        record(actions.TAGGED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), after={"tag": tag})
    return added


@transaction.atomic
def remove_tag(*, case_id: UUID, name: str, by: Actor) -> bool:
    """Takes a tag off a case; False where it was not there. Side effects: `case_changed`, an audit entry."""
    person_for_actor(by)
    case = locked_case(case_id)
    removed, _ = CaseTag.objects.filter(case=case, tag__name=clean_tag(name)).delete()
    if removed:
        case_changed.send(Case, case_id=case.pk)
        before = {"tag": clean_tag(name)}
        record(actions.UNTAGGED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), before=before)
    return bool(removed)


@transaction.atomic
def tick_checklist_item(*, case_id: UUID, code: str, done: bool = True, by: Actor) -> None:
    """Ticks an item of the case's checklist, or takes the tick back.

    Side effects: the tick, `case_changed`, an audit entry. Raises InvalidInput for an item that is not on this case's
    checklist or that the facts alone tick.
    """
    person, case = person_for_actor(by), locked_case(case_id)
    items = {item.code: item for item in blueprints_in_force().checklists.for_kind(case.kind)}
    item = items.get(code)
    if item is None or item.automatic:
        possible = ", ".join(known.code for known in items.values() if not known.automatic)
        raise InvalidInput(
            "This item cannot be ticked.",
            [Fault("/code", "is not yours to tick", said("of {possible}", possible=possible))],
        )
    if done:
        _, changed = ChecklistTick.objects.get_or_create(case=case, code=code, defaults={"ticked_by": person})
    else:
        changed = bool(ChecklistTick.objects.filter(case=case, code=code).delete()[0])
    if not changed:
        return
    case_changed.send(Case, case_id=case.pk)
    told: dict[str, object] = {"item": item.sentence}
    action = actions.ITEM_TICKED if done else actions.ITEM_UNTICKED
    record(
        action, by=by, object_type="case", object_id=case.pk, stream=stream_of(case), before=None if done else told,
        after=told if done else None,
    )  # fmt: skip


@transaction.atomic
def note_presence(*, case: Case, by: Actor) -> None:
    """Notes that a person has the case open; those who look too are told of somebody new by `viewers_changed`."""
    person = person_for_actor(by)
    new = person.pk not in {viewer.pk for viewer in viewers_of(case.pk)}
    CaseViewer.objects.update_or_create(case=case, person=person, defaults={"seen_at": now()})
    if new:
        viewers_changed.send(Case, case_id=case.pk)


@transaction.atomic
def end_presence(*, case: Case, by: Actor) -> None:
    """Notes that a person has closed the case's page."""
    if CaseViewer.objects.filter(case=case, person=person_for_actor(by)).delete()[0]:
        viewers_changed.send(Case, case_id=case.pk)
