"""How a page view declares who may call it and reads what it was sent."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from core.actor import Actor
from core.exceptions import PermissionRefused
from core.permissions import Permission
from core.refusals import note_refusal

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
                    note_refusal(permission, request.user)
                    raise PermissionRefused("Your role does not allow this.")
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def fragment(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """`template` alone for HTMX, inside a page otherwise: a card's address works without a script, too."""
    is_alone = bool(getattr(request, "htmx", False))
    name = template if is_alone else "core/fragment_page.html"
    response = render(request, name, {**context, "fragment": template}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def local_path(value: str, default: str) -> str:
    """`value` where it is a path of this product, else `default`: nobody is led elsewhere by a link's parameter."""
    is_ours = value.startswith("/") and url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    return value if is_ours else default


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request. Only for views behind `requires` or a REST permission: there is always somebody."""
    actor: Actor = request.user.actor  # type: ignore[union-attr]
    return actor
