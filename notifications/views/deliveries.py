"""What left the product: the log of deliveries, what is parked, and sending it again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from notifications import selectors, services
from notifications.enums import OutboxState


@requires(Permission.DELIVERY_VIEW)
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What left the product, or is on its way, with attempts and errors; `?state=` and `?channel=` narrow."""
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    rows = selectors.deliveries()
    rows = rows.filter(state=state) if state in OutboxState.values else rows
    rows = rows.filter(channel=channel) if channel else rows
    context = {"page": page_of(request, rows), "states": OutboxState, "state": state, "channel": channel,
               "channels": selectors.channels_out(), "parked": selectors.parked_count()}  # fmt: skip
    return render(request, "notifications/delivery_list.html", context)


@requires(Permission.DELIVERY_VIEW)
def delivery_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message with every attempt: what was sent and what was answered."""
    delivery = selectors.delivery_for(request.user, pk)
    context = {"delivery": delivery, "attempts": delivery.attempts.all()}
    return render(request, "notifications/delivery_detail.html", context)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def delivery_redeliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sends one message again."""
    services.redeliver(message_id=selectors.delivery_for(request.user, pk).pk, by=actor_of(request))
    messages.success(request, "The message is sent again.")
    return redirect("notifications:delivery_detail", pk)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def parked_redeliver(request: HttpRequest) -> HttpResponse:
    """Sends everything that is parked again, or that of one channel."""
    destination = request.POST.get("destination")
    key = selectors.destination_for(request.user, destination).pk if destination else None
    count = services.redeliver_parked(destination_id=key, by=actor_of(request))
    messages.success(request, said("{count} messages are sent again.", count=count))
    return redirect("notifications:delivery_list")
