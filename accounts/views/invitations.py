"""Invitations: made anew and withdrawn by administrators, accepted by the person."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.exceptions import InvitationNotValid
from accounts.forms import FirstPasswordForm, ReasonForm
from accounts.views.person_page import tell_invited
from core.exceptions import InvalidInput
from core.forms import INVALID, add_faults
from core.http import actor_of, requires
from core.permissions import Permission

_BACKEND = "accounts.auth.backends.RoleBackend"


@require_POST
@requires(Permission.PERSON_MANAGE)
def invitation_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another link for whom the first never reached; the former is void."""
    return tell_invited(request, services.invite_again(person_id=pk, by=actor_of(request)))


@require_POST
@requires(Permission.PERSON_MANAGE)
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the link void."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.withdraw_invitation(person_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The invitation is withdrawn.")
    else:
        messages.error(request, "Withdrawing an invitation needs a reason.")
    return redirect("accounts:person_detail", pk)


@requires(Permission.PUBLIC)
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person's page; POST sets their password and signs them in. Looking uses nothing up: mail scanners look."""
    form = FirstPasswordForm(request.POST or None)
    try:
        invitation = selectors.invitation_for_token(token)
        if form.is_valid():
            return _signed_in(request, token, form.cleaned_data["password"])
    except InvitationNotValid as error:
        return _kept_nowhere(render(request, "accounts/invitation_void.html", status=error.status))
    except InvalidInput as error:
        add_faults(form, error)
    context = {"invitation": invitation, "form": form}
    return _kept_nowhere(render(request, "accounts/invitation.html", context, status=INVALID if form.errors else 200))


def _signed_in(request: HttpRequest, token: str, password: str) -> HttpResponse:
    person = services.accept_invitation(token=token, password=password)
    login(request, person, backend=_BACKEND)
    messages.success(request, "Welcome. Your password is set and you are signed in.")
    if selectors.second_factor_due(person):
        return redirect("mfa_index")
    return redirect("accounts:account_detail")


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    return response
