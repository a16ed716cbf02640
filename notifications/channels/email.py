"""E-mail: that something waits and where, never about whom."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage

from accounts.models import User


class EmailChannel:
    """Sends to one person; the text names a case number and a path."""

    name = "email"

    def send(self, event: str, payload: Mapping[str, Any]) -> None:
        person = User.objects.filter(pk=payload["person"], is_active=True).exclude(email="").first()
        if person is not None:
            EmailMessage(
                subject=f"Probity: {payload['text']}", body=f"{payload['text']}\n{payload['url']}", to=[person.email]
            ).send()
