"""Signing in and out, and one's own account."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms import OwnPasswordForm
from accounts.vocabulary import in_words
from core.browser import FORGET
from core.exceptions import InvalidInput
from core.forms import add_faults
from core.http import actor_of, local_path, requires
from core.permissions import Permission

login = requires(Permission.PUBLIC)(allauth_views.LoginView.as_view(template_name="accounts/login.html"))


@requires(Permission.SIGNED_IN)
def logout(request: HttpRequest) -> HttpResponseBase:
    """Signed out; the browser drops what it kept of the pages."""
    response = auth_views.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = FORGET
    return response


@requires(Permission.SIGNED_IN)
def account_detail(request: HttpRequest) -> HttpResponse:
    """Who I am here and what my role lets me do."""
    person = selectors.person_for(request.user.pk)
    role = next((role for role in selectors.roles_in_force() if role.code == person.role), None)
    return render(request, "accounts/account_detail.html", {"role": role, "groups": in_words(person.permissions)})


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
            return redirect("mfa_index")
    return _security(request, form, status=422)


@requires(Permission.SIGNED_IN)
def security_detail(request: HttpRequest) -> HttpResponse:
    """How I sign in: password, second factors, devices."""
    return _security(request, OwnPasswordForm())


def _security(request: HttpRequest, form: OwnPasswordForm, status: int = 200) -> HttpResponse:
    person = selectors.person_for(request.user.pk)
    context = {
        "factors": selectors.factors_of(person), "devices": selectors.devices_of(person),
        "due": selectors.second_factor_due(person), "must": selectors.must_set_up_a_factor(person),
        "has_one": selectors.has_second_factor(person), "form": form,
    }  # fmt: skip
    return render(request, "accounts/security_detail.html", context, status=status)


@require_POST
@requires(Permission.SIGNED_IN)
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one of my devices out."""
    services.end_session(person=selectors.person_for(request.user.pk), session_id=pk, by=actor_of(request))
    return redirect("mfa_index")


@require_POST
@requires(Permission.SIGNED_IN)
def sessions_end_elsewhere(request: HttpRequest) -> HttpResponse:
    """Signs me out everywhere but here."""
    person = selectors.person_for(request.user.pk)
    services.end_sessions(person=person, by=actor_of(request), besides=request.session.session_key or "")
    return redirect("mfa_index")


@requires(Permission.SIGNED_IN)
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """For whom the organisation's provider alone can confirm: signed out, then through its door again (POST)."""
    place = local_path(request.GET.get("next", ""), "/")
    if request.method == "POST":
        end_session(request)
        return redirect("accounts:login")
    return render(request, "accounts/sign_in_again.html", {"next": place})
