"""E-mail: that something waits and where, never about whom."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage

from accounts.models import User
from cases.rfi.selectors import mail_for
from core.ids import parse_id


class EmailChannel:
    """Sends to a person of the house, or to a customer who is asked for information."""

    name = "email"

    def send(self, event: str, payload: Mapping[str, Any]) -> None:
        if event in {"rfi-sent", "rfi-reminded"}:
            _send_request(parse_id(payload["rfi"]), reminder=event == "rfi-reminded")
            return
        person = User.objects.filter(pk=payload["person"], is_active=True).exclude(email="").first()
        if person is not None:
            EmailMessage(
                subject=f"Probity: {payload['text']}", body=f"{payload['text']}\n{payload['url']}", to=[person.email]
            ).send()


def _send_request(request_id: UUID, *, reminder: bool) -> None:
    """Nothing where the request has ended meanwhile: its link would lead nowhere."""
    mail = mail_for(request_id, reminder=reminder)
    if mail is not None:
        EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to]).send()
