"""Long work: what is done, out of how many, how long it will take, and stopping it. A reload shows the same."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import PermissionRefused
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from workflows import selectors, services
from workflows.engine.long_work import work_kind
from workflows.models import LongWork


@requires(Permission.SIGNED_IN)
def work_list(request: HttpRequest) -> HttpResponse:
    """My long work, newest first; everybody's for who may see runs."""
    return render(
        request, "workflows/work_list.html", {"page": page_of(request, selectors.works_visible_to(request.user))}
    )


@requires(Permission.SIGNED_IN)
def work_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One piece of long work; for HTMX only its card, which asks again while it runs."""
    work = selectors.work_for(request.user, pk)
    kind = work_kind(work.kind)
    context = {
        "work": work, "seconds_left": selectors.seconds_left_of(work), "may_cancel": _may_cancel(request.user, work),
        "when_cancelled": kind.when_cancelled if kind else "",
    }  # fmt: skip
    template = "workflows/_work.html" if request.htmx else "workflows/work_detail.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@requires(Permission.SIGNED_IN)
def work_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops it at its next report. Its starter may, and who operates runs."""
    work = selectors.work_for(request.user, pk)
    if not _may_cancel(request.user, work):
        raise PermissionRefused("Only its starter may cancel this, or somebody who operates runs.")
    services.cancel_work(work_id=work.pk, by=actor_of(request))
    messages.info(request, "It is being stopped.")
    return redirect("workflows:work_detail", pk)


def _may_cancel(user: Any, work: LongWork) -> bool:
    return work.is_open and (work.started_by_key == user.actor.id or user.has_perm(Permission.RUN_OPERATE))
