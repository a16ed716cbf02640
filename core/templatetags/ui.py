"""Template filters every page may use."""

from typing import Any

from django import template

from core.permissions import Permission

register = template.Library()


@register.filter
def may(user: Any, permission: Permission) -> bool:
    """True where the signed-in `user` holds `permission`: `{% if request.user|may:Permission.LIST_VIEW %}`."""
    return bool(user.is_authenticated and user.has_perm(permission))
