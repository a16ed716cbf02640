"""Numbers and dates that identify somebody, for eyes that need not read them: masked until a look is recorded.

Who holds IDENTIFIER_VIEW sees them. Who holds IDENTIFIER_REVEAL may have them shown for one customer and a quarter of
an hour, kept in the session; the view that calls `open_for` has recorded it. REST never looks at the session.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from rest_framework import serializers

from core.clock import now
from core.permissions import Permission

SHOWN_FOR = timedelta(minutes=15)
_KEPT = "shown_in_clear"
_DOTS = "•••••"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SHORT = 8


def masked(value: object) -> str:
    """What may be seen of a value: a date's year, an e-mail's domain, the last three signs of what is long."""
    text = str(value or "")
    if isinstance(value, date) or _DATE.fullmatch(text):
        return f"{text[:4]}-••-••"
    name, at, domain = text.partition("@")
    if at:
        return f"{name[:1]}{_DOTS}@{domain}"
    return _DOTS + (text[-3:] if len(text) >= _SHORT and text[-3:].isalnum() else "") if text else ""


def sees(request: HttpRequest, customer_id: UUID | str) -> bool:
    """Whether this request shows the customer's identifying values in clear."""
    if request.user.has_perm(Permission.IDENTIFIER_VIEW):
        return True
    until = request.session.get(_KEPT, {}).get(str(customer_id), "")
    may_ask = request.user.has_perm(Permission.IDENTIFIER_REVEAL)
    return bool(may_ask and until and datetime.fromisoformat(until) > now())


def open_for(request: HttpRequest, customer_id: UUID) -> None:
    """Shows them in this session from now on, for SHOWN_FOR; what has run out is forgotten. The caller records it."""
    moment = now()
    kept = {key: until for key, until in request.session.get(_KEPT, {}).items() if until > moment.isoformat()}
    request.session[_KEPT] = kept | {str(customer_id): (moment + SHOWN_FOR).isoformat()}


class MaskedSerializer(serializers.Serializer[Any]):
    """Values that identify somebody are masked without `customers.view_identifier`: texts in part, dates as null."""

    # Without a request in the context nobody is known to ask, and everything named in `private` is masked.
    private: tuple[str, ...] = ()

    @property
    def is_masked(self) -> bool:
        request = self.context.get("request")
        return request is None or not request.user.has_perm(Permission.IDENTIFIER_VIEW)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        return shown | {name: self._seen(name, shown[name]) for name in self.private} if self.is_masked else shown

    def _seen(self, name: str, value: Any) -> str | None:
        return None if isinstance(self.fields[name], serializers.DateField) else masked(value)
