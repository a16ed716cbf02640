"""Signing in and out, and one's own account."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import Role
from accounts.roles import ROLES
from core.http import requires
from core.permissions import Permission

login = requires(Permission.PUBLIC)(
    auth_views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
)
logout = requires(Permission.SIGNED_IN)(auth_views.LogoutView.as_view())


@requires(Permission.SIGNED_IN)
def account_detail(request: HttpRequest) -> HttpResponse:
    """Who I am here and what my role lets me do."""
    role = ROLES[Role(request.user.role)]  # type: ignore[union-attr]
    return render(request, "accounts/account_detail.html", {"role": role, "permissions": sorted(role.permissions)})
