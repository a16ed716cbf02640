"""A mailbox that takes checkpoints: cheap, and out of the database's reach."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from audit.anchors.base import Anchor, AnchorFailed, register_anchor


class EmailAnchor:
    """Mails the note, at most one an hour."""

    name, every_seconds = "email", 3600

    def __init__(self, address: str) -> None:
        self.address = address

    def publish(self, note: str) -> str:
        """Mails the note as it is: it holds sizes and hashes, nothing about anybody."""
        origin, size = note.split("\n")[:2]
        try:
            EmailMessage(f"Checkpoint {size} of {origin}", note, to=[self.address]).send()
        except (SMTPException, OSError) as error:
            raise AnchorFailed(f"the anchor's mail was not sent: {type(error).__name__}") from error
        return self.address

    def notes(self) -> list[str]:
        """Nothing: a mailbox is not read back."""
        return []


def _build() -> Anchor | None:
    return EmailAnchor(settings.AUDIT_ANCHOR_EMAIL) if settings.AUDIT_ANCHOR_EMAIL else None


register_anchor("email", _build)
