"""Sign-ins, sign-outs and failures onto the record."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.models import User
from accounts.services import record_failed_sign_in, record_sign_in


@receiver(user_logged_in, dispatch_uid="accounts.on_signed_in")
def on_signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    record_sign_in(person=user, signed_in=True)


@receiver(user_logged_out, dispatch_uid="accounts.on_signed_out")
def on_signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record_sign_in(person=user, signed_in=False)


@receiver(user_login_failed, dispatch_uid="accounts.on_sign_in_failed")
def on_sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    record_failed_sign_in(username=str(credentials.get("username", "")))
