"""Pages of notifications: the bell, one's own list, what left the product."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from notifications.models import Notification, Outbox
from notifications.services import mark_read


@requires(Permission.NOTIFICATION_VIEW)
def bell(request: HttpRequest) -> HttpResponse:
    """The number of unread notifications."""
    unread = Notification.objects.filter(person=request.user.pk, read_at=None).count()
    return render(request, "notifications/_bell.html", {"unread": unread})


@requires(Permission.NOTIFICATION_VIEW)
def notification_list(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    mine = Notification.objects.filter(person=request.user.pk)
    context = {"page": page_of(request, mine), "unread": mine.filter(read_at=None).count()}
    return render(request, "notifications/notification_list.html", context)


@require_POST
@requires(Permission.NOTIFICATION_VIEW)
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    mark_read(by=actor_of(request))
    return redirect("notifications:notification_list")


@requires(Permission.DELIVERY_VIEW)
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What left the product, or is on its way, with attempts and errors."""
    return render(
        request, "notifications/delivery_list.html", {"page": page_of(request, Outbox.objects.exclude(channel="live"))}
    )
