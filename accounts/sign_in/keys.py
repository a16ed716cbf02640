"""Secrets of second factors take part in a change of the installation's keys."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.sealed import SealedThings, register_sealed
from core.vault import key_of_text, renew_text

PLACE = "accounts.authenticator.secret"
_FIELD = "secret"  # of an app; recovery codes are hashed, a passkey's public key is none


def _keys() -> Iterator[str]:
    for factor in Authenticator.objects.filter(type=Authenticator.Type.TOTP).iterator():
        yield key_of_text(factor.data[_FIELD])


def _renew() -> Iterator[bool]:
    """One factor in a transaction; one that went meanwhile needs nothing."""
    for pk in list(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            has_moved = factor is not None and _renewed(factor)
        yield has_moved


def _renewed(factor: Authenticator) -> bool:
    fresh = renew_text(factor.data[_FIELD], PLACE)
    if fresh is None:
        return False
    factor.data[_FIELD] = fresh
    factor.save(update_fields=["data"])
    return True


register_sealed(SealedThings("second factors", _keys, _renew))
