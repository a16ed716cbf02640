"""Pages of remembered false positives: those that wait for a second person, and all that stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.http import actor_of, local_path, requires
from core.pagination import page_of
from core.permissions import Permission
from screening import selectors, services


@requires(Permission.HIT_VIEW)
def suppression_list(request: HttpRequest) -> HttpResponse:
    """What waits for a second person; `?all=1` shows everything that stands."""
    shows_all = request.GET.get("all") == "1"
    page = page_of(request, selectors.suppressions(request.user, waiting=not shows_all))
    return render(request, "screening/suppression_list.html", {"page": page, "shows_all": shows_all})


@require_POST
@requires(Permission.HIT_DISPOSE)
def suppression_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approves what somebody else remembered, or lifts it: the hit re-opens."""
    row = selectors.suppression_for(request.user, pk)
    service = services.approve_suppression if request.POST.get("decision") == "approve" else services.lift_suppression
    try:
        service(suppression_id=row.pk, by=actor_of(request))
        messages.success(request, "Done.")
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect(local_path(request.POST.get("back", ""), reverse("screening:suppression_list")))
