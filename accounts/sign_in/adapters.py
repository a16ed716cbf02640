"""How django-allauth works here: locks by our own counts, mail that tells nothing, secrets sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from accounts import services
from accounts.exceptions import SignInLocked
from accounts.models import User
from accounts.sign_in.keys import PLACE
from accounts.sign_in.mailing import send_soon
from accounts.sign_in.recency import was_confirmed_recently
from core.vault import open_text, seal_text

_NO_ADDRESS = "127.0.0.1"


class AccountAdapter(DefaultAccountAdapter):
    """Passwords: counted by `accounts.services.locks`; nobody registers by themselves; mail leaves in the background."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            services.refuse_if_locked(login=_login(credentials), address=self.get_client_ip(request))
        except SignInLocked as error:
            raise forms.ValidationError(error.message) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.count_failure(login=_login(credentials), address=self.get_client_ip(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address; a Unix socket has none and is this machine."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return _NO_ADDRESS

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never within the request: how long an answer takes would tell whether an address is somebody's."""
        send_soon(self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context}))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the person's address, which administrators set."""
        if email or user.email:
            super().send_notification_mail(template_prefix, user, context, email or user.email)

    def is_reauthentication_required(self, app: str = "") -> bool:
        return not was_confirmed_recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """allauth's; who has neither password nor factor here signs in again at the organisation's provider."""
        again = {"id": "again", "description": "Sign in again", "url": reverse("accounts:sign_in_again")}
        return super().get_reauthentication_methods(user) or [again]


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets sealed under the installation's keys."""

    def encrypt(self, text: str) -> str:
        return seal_text(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text, PLACE)

    def get_totp_issuer(self) -> str:
        return f"Probity ({self._get_site_name()})"

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.get_full_name() or user.username}


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")
