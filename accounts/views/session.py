"""Signing in and out, and one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import services
from accounts.enums import Role
from accounts.forms import OwnPasswordForm
from accounts.roles import ROLES
from core.exceptions import InvalidInput
from core.forms import add_faults
from core.http import requires
from core.permissions import Permission

login = requires(Permission.PUBLIC)(
    auth_views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
)
logout = requires(Permission.SIGNED_IN)(auth_views.LogoutView.as_view())


@requires(Permission.SIGNED_IN)
def account_detail(request: HttpRequest) -> HttpResponse:
    """Who I am here and what my role lets me do."""
    return _account(request, OwnPasswordForm())


@require_POST
@requires(Permission.SIGNED_IN)
def password_change(request: HttpRequest) -> HttpResponse:
    """My new password; I stay signed in here and nowhere else."""
    form = OwnPasswordForm(request.POST)
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["password"]
        try:
            services.change_own_password(person=request.user, old=old, new=new)  # type: ignore[arg-type]
        except InvalidInput as error:
            add_faults(form, error)
        else:
            update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
            messages.success(request, "Your password is changed.")
            return redirect("accounts:account_detail")
    return _account(request, form, status=422)


def _account(request: HttpRequest, form: OwnPasswordForm, status: int = 200) -> HttpResponse:
    role = ROLES[Role(request.user.role)]  # type: ignore[union-attr]
    context = {"role": role, "permissions": sorted(role.permissions), "form": form}
    return render(request, "accounts/account_detail.html", context, status=status)
