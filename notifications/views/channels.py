"""Channels that administrators set up: adding, testing, rotating secrets, disabling."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from notifications import selectors, services
from notifications.channels import CHANNELS, shared_channels
from notifications.forms import DestinationForm, ReasonForm, RotateForm


@requires(Permission.CHANNEL_MANAGE)
def destination_list(request: HttpRequest) -> HttpResponse:
    """Every channel that is set up, and what can be."""
    context = {"destinations": selectors.destination_rows(), "kinds": shared_channels(),
               "parked": selectors.parked_count()}  # fmt: skip
    return render(request, "notifications/destination_list.html", context)


@requires(Permission.CHANNEL_MANAGE)
def destination_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Sets a channel up; a signing secret is shown in this one answer."""
    channel = CHANNELS.get(kind)
    if channel is None or not channel.is_shared:
        raise NotFound("There is no such channel.")
    form = DestinationForm(request.POST or None, channel=channel)
    if request.method == "POST" and form.is_valid():
        try:
            row, secret = services.create_destination(kind=kind, **form.cleaned_data, by=actor_of(request))
            return (
                _detail(request, row.pk, secret=secret)
                if secret
                else redirect("notifications:destination_detail", row.pk)
            )
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "notifications/destination_new.html", {"form": form, "channel": channel})


@requires(Permission.CHANNEL_MANAGE)
def destination_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One channel: what it hears, how it is doing, its log; POST changes what it hears."""
    row = selectors.destination_for(request.user, pk)
    form = DestinationForm(request.POST or None, channel=CHANNELS[row.kind], row=row)
    if request.method == "POST" and form.is_valid():
        try:
            values = {name: value for name, value in form.cleaned_data.items() if name != "name"}
            services.change_destination(destination_id=row.pk, **values, by=actor_of(request))
            messages.success(request, "The channel is changed.")
            return redirect("notifications:destination_detail", pk)
        except ProbityError as error:
            add_faults(form, error)
    return _detail(request, pk, form=form)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def destination_try(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sends a test; the log below shows what came of it."""
    services.try_destination(destination_id=selectors.destination_for(request.user, pk).pk, by=actor_of(request))
    messages.success(request, "A test is on its way; the log shows what came of it.")
    return redirect("notifications:destination_detail", pk)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def destination_rotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new signing secret, shown in this one answer; the former one signs beside it for a while."""
    form = RotateForm(request.POST)
    row = selectors.destination_for(request.user, pk)
    if not form.is_valid():
        messages.error(request, "The overlap is a number of hours, at most 720.")
        return redirect("notifications:destination_detail", pk)
    secret = services.rotate_secret(
        destination_id=row.pk, overlap_hours=form.cleaned_data["hours"], by=actor_of(request)
    )
    return _detail(request, pk, secret=secret)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def destination_switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Disables the channel for a reason, or enables it again."""
    row = selectors.destination_for(request.user, pk)
    form = ReasonForm(request.POST)
    if not row.is_active:
        services.enable_destination(destination_id=row.pk, by=actor_of(request))
        messages.success(request, "The channel is enabled.")
    elif form.is_valid():
        services.disable_destination(destination_id=row.pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The channel is disabled.")
    else:
        messages.error(request, "Disabling a channel needs a reason.")
    return redirect("notifications:destination_detail", pk)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def destination_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Removes the channel with its log."""
    services.remove_destination(destination_id=selectors.destination_for(request.user, pk).pk, by=actor_of(request))
    messages.success(request, "The channel is removed.")
    return redirect("notifications:destination_list")


def _detail(request: HttpRequest, pk: UUID, *, form: DestinationForm | None = None, secret: str = "") -> HttpResponse:
    row = selectors.destination_for(request.user, pk)
    channel, lane = CHANNELS[row.kind], selectors.lane_of(row)
    context = {
        "destination": row, "channel": channel, "lane": lane, "is_paused": selectors.is_paused(lane), "secret": secret,
        "form": form or DestinationForm(channel=channel, row=row), "secrets": selectors.live_secrets(row),
        "rotate_form": RotateForm(), "page": page_of(request, row.messages.all(), 15),
    }  # fmt: skip
    response = render(request, "notifications/destination_detail.html", context)
    if secret:
        response["Cache-Control"] = "no-store"
    return response
