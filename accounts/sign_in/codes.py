"""Codes that people type: an app's, each taken once, and recovery codes, of which only hashes are kept.

django-allauth keeps the seed of the recovery codes, and marks an app's code as used in the cache for one period: a cache that is
emptied takes it again. It has no setting for either, so `install` puts these two classes in the place of its own;
tests/accounts/test_codes.py fails where a release of it no longer asks them.
"""

import secrets
import time
from hashlib import sha256
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import models
from allauth.mfa.recovery_codes.internal import auth as recovery
from allauth.mfa.recovery_codes.internal import flows as recovery_flows
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction

COUNT, _LENGTH, _GROUP = 10, 24, 4
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # 5 bits each; none that is taken for another (Crockford)
_FORMER_LENGTH = 8  # digits, of before 0006_hash_recovery_codes


class OnceCodes(totp.TOTP):
    """An app's codes: none is taken again, nor one that came before it (RFC 6238 5.2), whichever process is asked."""

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        data = _locked(self.instance)
        secret = decrypt(data["secret"])
        for counter in totp.yield_hotp_counters_from_time():
            expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
            if counter > data.get("taken", 0) and totp.compare_user_code(actual=code, expected=expected):
                data["taken"] = counter
                self.instance.save(update_fields=["data"])
                return True
        return False


class HashedCodes(recovery.RecoveryCodes):
    """Recovery codes of 120 bits, made in the moment they are shown; kept is the SHA-256 of each (ASVS 5.0, 6.5.2)."""

    def __init__(self, instance: models.Authenticator) -> None:
        super().__init__(instance)
        self._shown: list[str] = []

    @classmethod
    def activate(cls, user: Any) -> "HashedCodes":
        """A set without codes yet: the first look at it makes them."""
        kind = models.Authenticator.Type.RECOVERY_CODES
        instance, _ = models.Authenticator.objects.get_or_create(
            user=user, type=kind, defaults={"data": {"hashes": []}}
        )
        return cls(instance)

    @transaction.atomic
    def mark_as_viewed(self) -> None:
        """Makes the codes, which `get_unused_codes` of this object alone then says; of two looks at once one sees them."""
        data = _locked(self.instance)
        if self.did_view:
            return
        self._shown = [_drawn() for _ in range(COUNT)]
        data |= {"hashes": [_digest(code) for code in self._shown], "viewed_at": time.time()}
        self.instance.save(update_fields=["data"])

    def get_unused_codes(self) -> list[str]:
        """The codes where they were made just now; else as many blanks as are left."""
        return self._shown or [""] * (len(self.instance.data["hashes"]) if self.did_view else COUNT)

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether it was one of those left; it is not any more."""
        kept: list[str] = _locked(self.instance)["hashes"]
        typed = normalize_user_code(code)
        digests = {_digest(typed)} | ({_stretched(typed, kept)} if len(typed) == _FORMER_LENGTH else set())
        left = [known for known in kept if not any(secrets.compare_digest(known, one) for one in digests)]
        self.instance.data["hashes"] = left
        self.instance.save(update_fields=["data"])
        return len(left) < len(kept)


def install() -> None:
    """Puts both in the place of allauth's. `Authenticator.wrap` looks them up in `auth`, the flows in their own module."""
    totp.TOTP = totp_flows.TOTP = OnceCodes
    recovery.RecoveryCodes = recovery_flows.RecoveryCodes = HashedCodes


def _locked(instance: models.Authenticator) -> dict[str, Any]:
    """The row's data, read anew and locked until the transaction ends."""
    fresh = models.Authenticator.objects.select_for_update().filter(pk=instance.pk).first()
    instance.data = fresh.data if fresh else instance.data
    data: dict[str, Any] = instance.data
    return data


def _drawn() -> str:
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(code[place : place + _GROUP] for place in range(0, _LENGTH, _GROUP))


def _digest(code: str) -> str:
    return sha256(normalize_user_code(code).encode()).hexdigest()


def _stretched(code: str, kept: list[str]) -> str:
    """As the codes of before are kept: PBKDF2 under one salt a set. Empty where none is left."""
    hasher = PBKDF2PasswordHasher()
    former = next((known for known in kept if known.startswith(f"{hasher.algorithm}$")), "")
    if not former:
        return ""
    parts = hasher.decode(former)
    return hasher.encode(code, str(parts["salt"]), int(parts["iterations"]))
