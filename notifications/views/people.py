"""What I was told, and how I want to be told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.selectors import person_for_actor
from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.language import remember_choice
from core.pagination import page_of
from core.permissions import Permission
from notifications import selectors, services
from notifications.events import EVENTS
from notifications.forms import PreferencesForm


@requires(Permission.NOTIFICATION_VIEW)
def bell(request: HttpRequest) -> HttpResponse:
    """The number of unread notifications."""
    return render(request, "notifications/_bell.html", {"unread": selectors.unread_count(request.user)})


@requires(Permission.NOTIFICATION_VIEW)
def notification_list(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first; `?unread=1` and `?group=` narrow."""
    only_unread, group = request.GET.get("unread") == "1", request.GET.get("group", "")
    rows = selectors.notifications_of(request.user, only_unread=only_unread, group=group)
    groups = list(dict.fromkeys(event.group for event in EVENTS.values()))
    context = {"page": page_of(request, rows), "unread": selectors.unread_count(request.user), "groups": groups,
               "group": group, "only_unread": only_unread}  # fmt: skip
    return render(request, "notifications/notification_list.html", context)


@require_POST
@requires(Permission.NOTIFICATION_VIEW)
def notification_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Marks one thing as read and leads to what it is about."""
    notification = selectors.notification_for(request.user, pk)
    services.mark_read(notification_id=notification.pk, by=actor_of(request))
    return redirect(notification.url)


@require_POST
@requires(Permission.NOTIFICATION_VIEW)
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    services.mark_read(by=actor_of(request))
    return redirect("notifications:notification_list")


@requires(Permission.NOTIFICATION_VIEW)
def preferences_edit(request: HttpRequest) -> HttpResponse:
    """Which events reach me by which way, in which language, and when."""
    wish = selectors.preferences_of(person_for_actor(actor_of(request)))
    form = PreferencesForm(request.POST or None, wish=wish)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.save_preferences(**form.wishes(), by=actor_of(request))
            remember_choice(request, language=kept.language, time_zone=kept.time_zone)
            messages.success(request, "Your preferences are saved.")
            return redirect("notifications:preferences_edit")
        except ProbityError as error:
            add_faults(form, error)
    context = {"form": form, "rows": form.rows_for(request.user), "mail_is_on": selectors.mail_is_on()}
    return render(request, "notifications/preferences.html", context)
