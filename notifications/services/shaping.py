"""What administrators shape: who hears what, and in which words."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from accounts.selectors import person_for_actor, role_choices
from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput, NotFound
from core.words import said
from notifications import actions
from notifications.events import EVENTS, EventType
from notifications.models import EventRule, MessageText
from notifications.texts import faults_of, languages

_LONGEST_SUBJECT = 150
_LONGEST_BODY = 2000


@transaction.atomic
def save_rule(*, event: str, is_on: bool, roles: Sequence[str], by: Actor) -> EventRule:
    """Who hears of an event beside those it concerns, or that nobody does. Effects: the rule, an audit entry."""
    _known(event)
    unknown = set(roles) - set(dict(role_choices()))
    if unknown:
        raise InvalidInput(
            "The roles are not valid.",
            [Fault("/roles", said("{unknown} are no roles of people", unknown=sorted(unknown)))],
        )
    row, _ = EventRule.objects.select_for_update().get_or_create(event=event)
    before = {"is_on": row.is_on, "roles": row.roles}
    row.is_on, row.roles = is_on, sorted(roles)
    row.save()
    after = {"event": event, "is_on": is_on, "roles": ", ".join(row.roles) if is_on else "nobody, it is turned off"}
    record(actions.RULE_SAVED, by=by, object_type="event_rule", object_id=event, before=before, after=after)
    return row


@transaction.atomic
def publish_text(*, event: str, language: str, subject: str, body: str, by: Actor) -> MessageText:
    """A new version of the words for an event, in force from now on. Effects: the version, an audit entry.

    Raises InvalidInput with a fault for every placeholder that the event does not have.
    """
    author = person_for_actor(by)
    faults = text_faults(event, language, subject, body)
    if faults:
        raise InvalidInput("The text cannot be used.", faults)
    newest = MessageText.objects.filter(event=event, language=language).aggregate(newest=Max("number"))["newest"]
    row = MessageText.objects.create(
        event=event,
        language=language,
        number=(newest or 0) + 1,
        subject=subject.strip(),
        body=body.strip(),
        author=author,
    )
    record(actions.TEXT_PUBLISHED, by=by, object_type="message_text", object_id=f"{event}:{language}",
           after={"event": event, "language": language, "number": row.number})  # fmt: skip
    return row


def text_faults(event: str, language: str, subject: str, body: str) -> list[Fault]:
    """What is wrong with these words; raises NotFound for an event or language that there is not."""
    known = _known(event).placeholders()
    if language not in languages():
        raise NotFound("There is no such language.")
    faults = faults_of(subject, known, "/subject") + faults_of(body, known, "/body")
    if not subject.strip() or len(subject) > _LONGEST_SUBJECT or "\n" in subject.strip():
        faults.append(
            Fault(
                "/subject",
                "must be one line",
                said("1 to {longest_subject} characters", longest_subject=_LONGEST_SUBJECT),
            )
        )
    if not body.strip() or len(body) > _LONGEST_BODY:
        faults.append(
            Fault("/body", "is empty or too long", said("1 to {longest_body} characters", longest_body=_LONGEST_BODY))
        )
    return faults


def _known(event: str) -> EventType:
    if event not in EVENTS:
        raise NotFound("There is no such event.")
    return EVENTS[event]
