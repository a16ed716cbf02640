"""Refused access in the log: an event of its own, so that somebody trying doors is seen (OWASP ASVS 5.0, 16.3.2)."""

from typing import Any

import structlog

from core.permissions import Permission

_log = structlog.get_logger(__name__)


def note_refusal(permission: Permission, who: Any) -> None:
    """Somebody signed in, or a program, asked for what they may not. Their id leads to the record, which may name them."""
    _log.warning("access_refused", permission=str(permission), actor=str(who.pk))
