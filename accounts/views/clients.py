"""API clients and their keys."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms import ClientForm, KeyForm, ReasonForm, RotateForm, ScopesForm
from accounts.vocabulary import in_words
from core.exceptions import InvalidInput, ProbityError
from core.forms import add_faults, refusal_of
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said


@requires(Permission.API_CLIENT_MANAGE)
def client_list(request: HttpRequest) -> HttpResponse:
    """Every API client; POST creates one more."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client = services.create_api_client(**form.cleaned_data, by=actor_of(request))
            return redirect("accounts:client_detail", client.pk)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "accounts/client_list.html", {"clients": selectors.api_clients(), "form": form})


@requires(Permission.API_CLIENT_MANAGE)
def client_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One API client, its scopes and its keys."""
    return _client_page(request, pk, KeyForm())


@require_POST
@requires(Permission.API_CLIENT_MANAGE)
def scopes_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a client may do from its next request on."""
    form = ScopesForm(request.POST)
    status = refusal_of(form, lambda data: services.change_scopes(client_id=pk, **data, by=actor_of(request)))
    if status:
        return _client_page(request, pk, KeyForm(), scopes_form=form, status=status)
    messages.success(request, "The scopes are changed.")
    return redirect("accounts:client_detail", pk)


@require_POST
@requires(Permission.API_CLIENT_MANAGE)
def key_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes a key and shows it in this one answer; it is never shown again."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _client_page(request, pk, form)
    values = form.cleaned_data
    valid_for = timedelta(days=values.pop("days"))
    try:
        _, clear = services.create_api_key(client_id=pk, valid_for=valid_for, **values, by=actor_of(request))
    except InvalidInput as error:
        add_faults(form, error)
        return _client_page(request, pk, form)
    return _client_page(request, pk, KeyForm(), clear_key=clear)


@require_POST
@requires(Permission.API_CLIENT_MANAGE)
def key_rotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes a key in place of another, which goes on working for a while; shows the new one in this one answer."""
    form = RotateForm(request.POST)
    overlap = timedelta(
        hours=form.cleaned_data["hours"] if form.is_valid() else RotateForm.base_fields["hours"].initial
    )
    key, clear = services.rotate_api_key(key_id=pk, overlap=overlap, by=actor_of(request))
    return _client_page(request, key.client_id, KeyForm(), clear_key=clear)


@require_POST
@requires(Permission.API_CLIENT_MANAGE)
def key_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuses a key from now on."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else said("no reason given")
    key = services.revoke_api_key(key_id=pk, reason=reason, by=actor_of(request))
    messages.success(request, "The key is revoked.")
    return redirect("accounts:client_detail", key.client_id)


@require_POST
@requires(Permission.API_CLIENT_MANAGE)
def client_disable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuses every key of a client from now on."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.disable_api_client(client_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The client is disabled.")
    else:
        messages.error(request, "Disabling a client needs a reason.")
    return redirect("accounts:client_detail", pk)


def _client_page(
    request: HttpRequest, pk: UUID, form: KeyForm, clear_key: str = "", scopes_form: ScopesForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    client = selectors.api_client_for(pk)
    scopes_form = scopes_form or ScopesForm(initial={"scopes": client.scopes})
    context = {"client": client, "keys": selectors.keys_of(client), "groups": in_words(client.scopes), "form": form,
               "clear_key": clear_key, "scopes_form": scopes_form}  # fmt: skip
    response = render(request, "accounts/client_detail.html", context, status=status)
    if clear_key:
        response["Cache-Control"] = "no-store"
    return response
