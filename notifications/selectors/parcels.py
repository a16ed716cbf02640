"""A message of the outbox made ready for its channel: opened address, words in its language, absolute link."""

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import User
from cases.rfi.selectors import mail_for
from core.clock import now
from core.ids import parse_id
from core.vault import open_text
from notifications.channels.base import Parcel
from notifications.events import EVENTS
from notifications.models import Destination, Notification, Outbox, Preferences, SigningSecret
from notifications.selectors.wording import words_for
from notifications.texts import fill, phrase

_REQUESTS = {"rfi-sent": False, "rfi-reminded": True}
_DIGEST = "digest"


def parcel_for(message: Outbox) -> Parcel | None:
    """The parcel, or None where there is nothing left to send: a request has ended, a person has read it or is gone."""
    if message.destination is not None:
        return _for_destination(message, message.destination)
    if message.event in _REQUESTS:
        return _for_customer(message)
    if "notifications" in message.payload:
        return _for_person(message)
    return Parcel(message.event_uuid, message.event, message.payload, message.created_at, again=message.unanswered)


def place_of(destination: Destination) -> str:
    """The name that a destination's address is sealed under."""
    return f"notifications.destination:{destination.pk}"


def place_of_secret(secret: SigningSecret) -> str:
    """The name that a signing secret is sealed under."""
    return f"notifications.signing_secret:{secret.pk}"


def live_secrets(destination: Destination) -> list[SigningSecret]:
    """The secrets that sign now, the newest first."""
    return [row for row in destination.signing_secrets.all() if row.expires_at is None or row.expires_at > now()]


def _for_destination(message: Outbox, destination: Destination) -> Parcel:
    event, payload, language = EVENTS[message.event], message.payload, destination.language
    words, link = words_for(message.event, language), settings.PUBLIC_URL + payload["path"]
    data = payload["data"] | {"link": link} | ({"state": payload["state"] or "open"} if event.lasts else {})
    subject, text = fill(words.subject, data, language), fill(words.body, data, language)
    if payload["state"] in {"ended", "taken"}:
        subject = phrase(payload["state"], language, subject=subject, name=payload.get("name", "–"))
    phrases = {name: phrase(name, language) for name in ("open", "again")}
    html = _html([(subject, text, link)], language) if message.channel == "email" else ""
    if message.channel == "email":
        text = f"{text}\n\n{link}"
    return Parcel(
        message.event_uuid, message.event, data, message.created_at, title=subject, text=text, url=link, html=html,
        severity=event.severity, key=payload["key"], state=payload["state"], again=message.unanswered,
        address=open_text(destination.sealed, place_of(destination)), phrases=phrases,
        secrets=tuple(open_text(row.sealed, place_of_secret(row)) for row in live_secrets(destination)),
    )  # fmt: skip


def _for_person(message: Outbox) -> Parcel | None:
    person = User.objects.filter(pk=parse_id(message.payload["person"]), is_active=True).exclude(email="").first()
    rows = list(Notification.objects.filter(pk__in=message.payload["notifications"], person=person))
    held = message.payload.get("held", False)
    rows = [row for row in rows if not (held and row.read_at)]  # what was read in the product meanwhile is no news
    if person is None or not rows:
        return None
    wish = Preferences.objects.filter(person=person).first()
    language = wish.language if wish else "en"
    lines = [_line(row, language) for row in rows]
    many = len(lines) > 1
    text = "\n\n".join(f"{subject}\n{link}" if many else f"{body}\n\n{link}" for subject, body, link in lines)
    why = phrase("why", language)
    return Parcel(
        message.event_uuid, message.event, {}, message.created_at, address=person.email,
        title=f"Probity: {phrase(_DIGEST, language, count=len(lines)) if many else lines[0][0]}",
        text=f"{text}\n\n{why}\n", html=_html(lines, language, why),
    )  # fmt: skip


def _line(row: Notification, language: str) -> tuple[str, str, str]:
    """(subject, body, link): from what may leave the product, which can be less than what the product shows."""
    words, link = words_for(row.event, language), settings.PUBLIC_URL + row.url
    data = row.data | {"link": link}
    return fill(words.subject, data, language), fill(words.body, data, language), link


def _html(lines: list[tuple[str, str, str]], language: str, why: str = "") -> str:
    context = {"lines": lines, "open": phrase("open", language), "why": why, "language": language}
    return render_to_string("notifications/mail.html", context)


def _for_customer(message: Outbox) -> Parcel | None:
    """Nothing where the request has ended meanwhile: its link would lead nowhere."""
    mail = mail_for(parse_id(message.payload["rfi"]), reminder=_REQUESTS[message.event])
    if mail is None:
        return None
    return Parcel(
        message.event_uuid, message.event, {}, message.created_at, title=mail.subject, text=mail.body, address=mail.to
    )
