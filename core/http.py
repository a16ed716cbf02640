"""How a page view declares who may call it and reads what it was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from core.actor import Actor
from core.exceptions import PermissionRefused
from core.permissions import Permission

View = Callable[..., HttpResponseBase]


def requires(permission: Permission) -> Callable[[View], View]:
    """Declares the permission of a page view. No login: to the login page. Login without it: PermissionRefused.

    The declaration stays readable as `view.required_permission`, which the URL-map test checks on every view.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission is not Permission.PUBLIC:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if permission is not Permission.SIGNED_IN and not request.user.has_perm(permission):
                    raise PermissionRefused("Your role does not allow this.")
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request. Only for views behind `requires` or a REST permission: there is always somebody."""
    actor: Actor = request.user.actor  # type: ignore[union-attr]
    return actor
