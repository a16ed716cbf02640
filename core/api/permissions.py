"""How a REST view declares who may call it: `required_permissions = {"GET": Permission.X, "POST": Permission.Y}`."""

from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.permissions import Permission
from core.refusals import note_refusal

if TYPE_CHECKING:  # rest_framework.views imports this module through its settings
    from rest_framework.views import APIView


class HasRequiredPermission(BasePermission):
    """Grants a call whose method is declared and whose caller holds the declared permission; refuses all others."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
        declared: dict[str, Permission] = getattr(view, "required_permissions", {})
        permission = declared.get(method)
        if permission is None:
            if not hasattr(view, method.lower()):
                raise MethodNotAllowed(method)
            return False
        if permission is Permission.PUBLIC:
            return True
        user: Any = request.user
        if not user.is_authenticated:
            return False
        may = permission is Permission.SIGNED_IN or bool(user.has_perm(permission))
        if not may:
            note_refusal(permission, user)
        return may
