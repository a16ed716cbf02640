"""The queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import selectors, services
from cases.enums import CaseStatus
from core.http import actor_of, requires
from core.pagination import PAGE_SIZE, SEARCH_SIZE, page_of
from core.permissions import Permission


@requires(Permission.CASE_VIEW)
def case_list(request: HttpRequest) -> HttpResponse:
    """A view of the queue with its filters in the URL; for HTMX only the table, which refreshes itself.

    A search is a POST: a name is personal and stays out of URLs and access logs.
    """
    person, query = request.user, request.POST.get("q", "")
    filters = request.GET.dict() | {"q": query}
    ids = selectors.queue_cases(person, filters).values_list("pk", flat=True)  # type: ignore[arg-type]
    page = page_of(request, ids, size=SEARCH_SIZE if query else PAGE_SIZE)
    page.object_list = selectors.rows_of(list(page.object_list))
    context = {
        "page": page, "views": selectors.queue_counts(person), "queues": selectors.queues(), "statuses": CaseStatus,  # type: ignore[arg-type]
        "filters": filters, "active": request.GET.get("view", "open"), "formula": selectors.blueprints_in_force().priority.formula,
    }  # fmt: skip
    template = "cases/_queue.html" if request.htmx else "cases/case_list.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@requires(Permission.CASE_WORK)
def case_next(request: HttpRequest) -> HttpResponse:
    """Claims the most urgent case that nobody works on and opens it."""
    case = services.claim_next_case(by=actor_of(request))
    if case is None:
        messages.info(request, "No case is waiting for anybody.")
        return redirect("cases:case_list")
    return redirect("cases:case_detail", case.pk)
