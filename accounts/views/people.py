"""People and their roles."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms import EmailForm, PersonForm, ReasonForm, RoleForm
from accounts.views.person_page import person_page, tell_invited
from core.exceptions import ProbityError
from core.forms import INVALID, add_faults, refusal_of
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said


@requires(Permission.PERSON_MANAGE)
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in, cannot yet or cannot any more; POST invites one more."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_person(**form.cleaned_data, by=actor_of(request))
        except ProbityError as error:
            add_faults(form, error)
        else:
            return tell_invited(request, invitation)
    state = request.GET.get("state", "")
    context = {"page": page_of(request, selectors.people_with_states(state)), "form": form, "role_form": RoleForm(),
               "roles": selectors.roles_in_force(), "states": selectors.people_by_state(), "state": state}  # fmt: skip
    return render(request, "accounts/person_list.html", context, status=INVALID if form.errors else 200)


@requires(Permission.PERSON_MANAGE)
def person_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How one person signs in: devices, second factors; what an administrator can do about them."""
    return person_page(request, pk)


@require_POST
@requires(Permission.PERSON_MANAGE)
def sessions_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Signs a person out everywhere."""
    ended = services.end_sessions(person=selectors.person_for(pk), by=actor_of(request))
    messages.success(request, said("{ended} sessions are ended.", ended=ended))
    return redirect("accounts:person_detail", pk)


@require_POST
@requires(Permission.PERSON_MANAGE)
def factors_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes away second factors that a person lost."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.remove_factors(person_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The second factors are removed and the sessions ended.")
    else:
        messages.error(request, "Removing second factors needs a reason.")
    return redirect("accounts:person_detail", pk)


@require_POST
@requires(Permission.PERSON_MANAGE)
def reset_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes a link with which the person sets a new password, and shows it in this one answer."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A link needs a reason.")
        return redirect("accounts:person_detail", pk)
    path = services.make_reset_link(person_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
    response = person_page(request, pk, link=request.build_absolute_uri(path))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(Permission.PERSON_MANAGE)
def role_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a person another role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        services.change_role(person_id=pk, **form.cleaned_data, by=actor_of(request))
        messages.success(request, "The role is changed.")
    else:
        messages.error(request, "A new role needs a reason.")
    return redirect("accounts:person_list")


@require_POST
@requires(Permission.PERSON_MANAGE)
def email_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a person another address, and tells both addresses."""
    form = EmailForm(request.POST)
    status = refusal_of(form, lambda data: services.change_email(person_id=pk, **data, by=actor_of(request)))
    if status:
        return person_page(request, pk, email_form=form, status=status)
    messages.success(request, "The address is changed, and both addresses are told.")
    return redirect("accounts:person_detail", pk)


@require_POST
@requires(Permission.PERSON_MANAGE)
def person_disable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a person's access."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.disable_person(person_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The person can no longer sign in.")
    else:
        messages.error(request, "Ending somebody's access needs a reason.")
    return redirect("accounts:person_list")


@require_POST
@requires(Permission.PERSON_MANAGE)
def person_enable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a person's access back."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.enable_person(person_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The person can sign in again.")
    else:
        messages.error(request, "Giving access back needs a reason.")
    return redirect("accounts:person_list")
