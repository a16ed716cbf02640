"""Signing in with a password, and roles as the source of permissions."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class RoleBackend(AuthenticationBackend):
    """A password with a username or an e-mail address; permissions come from the person's role alone."""

    def has_perm(self, user_obj: Any, perm: str, obj: object | None = None) -> bool:
        return isinstance(user_obj, User) and user_obj.is_active and perm in user_obj.permissions

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return bool(user_obj.is_active and user_obj.is_superuser)
