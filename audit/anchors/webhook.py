"""A web address that takes checkpoints: a security event store, another department, a witness."""

import httpx
from django.conf import settings

from audit.anchors.base import Anchor, AnchorFailed, register_anchor

_SECONDS = 5.0


class WebhookAnchor:
    """Posts the note as text; the receipt is the answer's beginning. At most one a minute."""

    name, every_seconds = "webhook", 60

    def __init__(self, url: str) -> None:
        self.url = url

    def publish(self, note: str) -> str:
        """Posts the note. No redirect is followed: the address is the administrator's, not the answer's."""
        try:
            answer = httpx.post(self.url, content=note.encode(), headers={"Content-Type": "text/plain; charset=utf-8"},
                                timeout=_SECONDS, follow_redirects=False)  # fmt: skip
        except httpx.HTTPError as error:
            raise AnchorFailed(f"the anchor's address does not answer: {type(error).__name__}") from error
        if not answer.is_success:
            raise AnchorFailed(f"the anchor's address answered {answer.status_code}")
        return f"{answer.status_code} {answer.text[:200]}"

    def notes(self) -> list[str]:
        """Nothing: what was posted cannot be read back."""
        return []


def _build() -> Anchor | None:
    return WebhookAnchor(settings.AUDIT_ANCHOR_WEBHOOK) if settings.AUDIT_ANCHOR_WEBHOOK else None


register_anchor("webhook", _build)
