"""One person as administrators see them; the one answer in which a link of theirs stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import selectors
from accounts.forms import EmailForm
from accounts.models import Invitation
from accounts.sign_in.mailing import leaves_by_mail
from core.words import said


def person_page(request: HttpRequest, pk: UUID, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `more` takes the place of what it shows otherwise."""
    person = selectors.person_for(pk)
    context = {
        "person": person, "state": selectors.person_state(person), "invitations": selectors.invitations_of(person),
        "never_arrived": selectors.has_never_arrived(person), "devices": selectors.devices_of(person),
        "factors": selectors.factors_of(person), "due": selectors.second_factor_due(person),
        "email_form": EmailForm(initial={"email": person.email}),
    }  # fmt: skip
    return render(request, "accounts/person_detail.html", context | more, status=status)


def tell_invited(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Says that the invitation is on its way; where no mail leaves, shows its link in this one answer."""
    person = invitation.person
    if leaves_by_mail(person.email):
        messages.success(request, said("The invitation is on its way to {address}.", address=person.email))
        return redirect("accounts:person_detail", person.pk)
    link = request.build_absolute_uri(selectors.invitation_path(invitation))
    response = person_page(request, person.pk, invitation_link=link, expires_at=invitation.expires_at)
    response["Cache-Control"] = "no-store"
    return response
