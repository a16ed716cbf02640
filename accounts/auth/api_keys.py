"""REST authentication by API key: `Authorization: Bearer pk_<prefix>_<secret>` (or `ApiKey`, as clients of yente send)."""

import hashlib
import hmac
from datetime import timedelta

from allauth.account.adapter import get_adapter
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.request import Request

from accounts.models import ApiClient, ApiKey
from core.clock import now
from core.limits import seconds_to_wait

_SEEN_EVERY = timedelta(minutes=1)


def digest_of(key: str) -> str:
    """SHA-256 of the whole key. Enough for 256 random bits, which nobody can guess through a fast hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def prefix_of(key: str) -> str:
    """The part of a key that is no secret and finds its row."""
    parts = key.split("_", 2)
    return parts[1] if len(parts) == len(("pk", "prefix", "secret")) else ""


class ApiKeyAuthentication(BaseAuthentication):
    """Authenticates an API client; leaves requests without a bearer key to the next method."""

    def authenticate(self, request: Request) -> tuple[ApiClient, ApiKey] | None:
        """(client, key), or None without a bearer header.

        Side effects: when it was last used or refused; a count of this minute's requests. Raises AuthenticationFailed for a
        key that is not usable, PermissionDenied for one from an address not its own, Throttled above its rate.
        """
        scheme, _, key = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if scheme.lower() not in {"bearer", "apikey"}:
            return None
        found = ApiKey.objects.usable().select_related("client").filter(prefix=prefix_of(key)).first()
        if found is None or not hmac.compare_digest(found.digest, digest_of(key)):
            raise AuthenticationFailed("This API key is unknown, expired or revoked.")
        if found.networks and not found.may_come_from(get_adapter(request._request).get_client_ip(request._request)):
            ApiKey.objects.filter(pk=found.pk).update(refused_at=now())
            raise PermissionDenied("This API key may not be used from this address.")
        if wait := seconds_to_wait(f"key:{found.pk}", most=found.per_minute, seconds=60):
            raise Throttled(wait)
        self._mark_used(found)
        return found.client, found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @staticmethod
    def _mark_used(key: ApiKey) -> None:
        """At most once a minute: a write on every request would serialise SQLite."""
        if key.last_used_at is None or key.last_used_at < now() - _SEEN_EVERY:
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now())
