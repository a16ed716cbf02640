"""What happens around signing in, onto the record."""

import time
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import actions
from accounts.models import User
from accounts.selectors import invitation_for, person_for
from accounts.services import count_success, record_factor, record_password_by_link, record_sign_in
from accounts.sign_in.mailing import send_invitation, tell_of_another_address
from accounts.sign_in.recency import SEEN_AT, SIGNED_IN_AT
from accounts.signals import email_changed, person_invited


@receiver(user_logged_in, dispatch_uid="accounts.on_signed_in")
def on_signed_in(sender: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = time.time()
    record_sign_in(person=user, signed_in=True)
    count_success(person=user, address=get_adapter().get_client_ip(request))


@receiver(user_logged_out, dispatch_uid="accounts.on_signed_out")
def on_signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record_sign_in(person=user, signed_in=False)


@receiver(email_changed, dispatch_uid="accounts.on_email_changed")
def on_email_changed(sender: Any, person_id: UUID, former: str, **kwargs: Any) -> None:
    """Tells the former address and the new one, once the change is certain."""
    addresses = [address for address in (former, person_for(person_id).email) if address]
    transaction.on_commit(partial(tell_of_another_address, addresses))


@receiver(person_invited, dispatch_uid="accounts.on_person_invited")
def on_person_invited(sender: Any, invitation_id: UUID, **kwargs: Any) -> None:
    """Sends the link once the invitation is certain."""
    transaction.on_commit(partial(send_invitation, invitation_for(invitation_id)))


@receiver(password_reset, dispatch_uid="accounts.on_password_by_link")
def on_password_by_link(sender: Any, user: User, **kwargs: Any) -> None:
    record_password_by_link(person=user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset, authentication_failed],
          dispatch_uid="accounts.on_factor")  # fmt: skip
def on_factor(sender: Any, signal: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    action = {
        authenticator_added: actions.FACTOR_ADDED, authenticator_removed: actions.FACTOR_REMOVED,
        authenticator_reset: actions.CODES_RENEWED, authentication_failed: actions.FACTOR_FAILED,
    }[signal]  # fmt: skip
    record_factor(person=user, action=action, kind=authenticator.type)


@receiver(authenticator_used, dispatch_uid="accounts.on_factor_used")
def on_factor_used(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Only recovery codes: they run out. That an app or a passkey was used goes without saying."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        left = len(authenticator.wrap().get_unused_codes())
        record_factor(person=user, action=actions.CODE_USED, kind=authenticator.type, left=left)
