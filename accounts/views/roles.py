"""Roles: what the shipped ones are for, and those of the house, which two people put in force."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms import ReasonForm, RoleDefinitionForm
from accounts.models import CustomRole
from accounts.separation import warnings_of
from accounts.vocabulary import in_words
from core.forms import refusal_of
from core.http import actor_of, requires
from core.permissions import Permission


@requires(Permission.ROLE_APPROVE)
def role_list(request: HttpRequest) -> HttpResponse:
    """Every role: the shipped ones with what they may do, and those of the house."""
    shipped = [(role, in_words(role.permissions)) for role in selectors.roles_in_force() if role.is_shipped]
    return render(request, "accounts/role_list.html", {"shipped": shipped, "roles": selectors.custom_roles()})


@requires(Permission.ROLE_APPROVE)
def role_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One role of the house: what is in force, what waits and what speaks against it, and every earlier version."""
    role = selectors.custom_role_for(pk)
    versions = list(selectors.versions_of(role))
    waiting = next((version for version in versions if version.state == "waiting"), None)
    context = {"role": role, "groups": in_words(role.granted), "versions": versions, "waiting": waiting}
    if waiting:
        before, after = set(role.granted), set(waiting.permissions)
        context |= {"added": in_words(after - before), "removed": in_words(before - after),
                    "warnings": warnings_of(waiting.permissions)}  # fmt: skip
    return render(request, "accounts/role_detail.html", context)


@requires(Permission.PERSON_MANAGE)
def role_new(request: HttpRequest) -> HttpResponse:
    """A role that is not there yet; POST proposes it."""
    return _edited(request, None)


@requires(Permission.PERSON_MANAGE)
def role_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a role shall be; POST proposes it."""
    return _edited(request, selectors.custom_role_for(pk))


def _edited(request: HttpRequest, role: CustomRole | None) -> HttpResponse:
    base = (role if role.permissions else selectors.versions_of(role).first()) if role else None
    initial = {"name": base.name, "sentence": base.sentence} if base else {}
    form = RoleDefinitionForm(request.POST or None, initial=initial, granted=base.permissions if base else ())
    status = 200
    if request.method == "POST":
        made: list[UUID] = []

        def propose(_: object) -> None:
            version = services.propose_role(**form.as_role(), role_id=role.pk if role else None, by=actor_of(request))
            made.append(version.role_id)

        status = refusal_of(form, propose)
        if made:
            messages.success(request, "The role waits for a second person.")
            return redirect("accounts:role_detail", made[0])
    return render(request, "accounts/role_edit.html", {"form": form, "role": role}, status=status or 200)


@require_POST
@requires(Permission.ROLE_APPROVE)
def version_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Puts a version in force."""
    role = services.approve_role(version_id=pk, by=actor_of(request))
    messages.success(request, "The role is in force.")
    return redirect("accounts:role_detail", role.pk)


@require_POST
@requires(Permission.ROLE_APPROVE)
def version_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Returns a version to its author, or takes it back."""
    version, form = selectors.role_version_for(pk), ReasonForm(request.POST)
    if form.is_valid():
        services.return_role(version_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The version is returned.")
    else:
        messages.error(request, "Returning a version needs a reason.")
    return redirect("accounts:role_detail", version.role_id)


@require_POST
@requires(Permission.PERSON_MANAGE)
def role_retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a role that nobody has."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.retire_role(role_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The role is retired.")
    else:
        messages.error(request, "Retiring a role needs a reason.")
    return redirect("accounts:role_detail", pk)
