"""The queue: its views and filters, the next case, a look without opening, who else is looking."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import selectors, services
from cases.enums import DecisionKind
from cases.forms import BulkForm, QueueFilterForm, SavedViewForm
from cases.models import SavedView
from core.http import actor_of, fragment, requires
from core.ids import parse_id
from core.pagination import PAGE_SIZE, SEARCH_SIZE, page_of
from core.permissions import Permission
from monitoring.selectors import transactions_for_customer

_RECENT = 5


@requires(Permission.CASE_VIEW)
def case_list(request: HttpRequest) -> HttpResponse:
    """A view of the queue with its filters in the URL; for HTMX only the rows and the rail, which refresh themselves.

    A search is a POST: a name is personal and stays out of URLs and access logs.
    """
    context = _rows(request)
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "cases/_queue.html", context)
    choices = selectors.filter_choices(request.user)  # type: ignore[arg-type]
    dismissals = [(row.code, row.sentence) for row in selectors.reasons_for(DecisionKind.DISMISS)]
    context |= {
        "filter_form": QueueFilterForm(context["filters"], choices=choices),
        "bulk_form": BulkForm(choices=choices, dismissals=dismissals), "view_form": SavedViewForm(auto_id="view_%s"),
        "absent": selectors.is_absent(request.user),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "cases/case_list.html", context)


def _rows(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    saved = selectors.saved_view_for(person, request.GET["saved"]) if request.GET.get("saved") else None
    asked = {name: value for name, value in request.GET.items() if name not in {"page", "saved", "q"}}
    filters = (saved.query if saved else {}) | asked | {"q": request.POST.get("q", "")}
    filters["view"] = filters.get("view") or "open"
    ids = selectors.queue_cases(person, filters).values_list("pk", flat=True)
    page = page_of(request, ids, size=SEARCH_SIZE if filters["q"] else PAGE_SIZE)
    page.object_list = selectors.rows_of(list(page.object_list))
    told = {name: value for name, value in filters.items() if value and name != "q"}
    return {
        "page": page, "filters": filters, "query": urlencode(told),
        "active": _active(filters, saved), "saved_view": saved, "rail": selectors.rail_for(person),
        "title": saved.title if saved else selectors.view_title(person, filters),
        "formula": selectors.blueprints_in_force().priority.formula,
    }  # fmt: skip


def _active(filters: dict[str, Any], saved: SavedView | None) -> str:
    """The line of the rail that is shown, by its query."""
    if saved is not None:
        return f"saved={saved.pk}"
    queue = filters.get("queue") if filters["view"] == "open" else ""
    return f"view=open&queue={queue}" if queue else f"view={filters['view']}"


@require_POST
@requires(Permission.CASE_WORK)
def case_next(request: HttpRequest) -> HttpResponse:
    """Claims the most urgent case that nobody works on and opens it; within a queue where one is chosen."""
    queue = request.POST.get("queue", "")
    case = services.claim_next_case(queue_id=parse_id(queue) if queue else None, by=actor_of(request))
    if case is None:
        messages.info(request, "No case is waiting for anybody.")
        return redirect("cases:case_list")
    return redirect("cases:case_detail", case.pk)


@requires(Permission.CASE_VIEW)
def case_peek(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case at a glance, without opening it. Looking is recorded."""
    case = selectors.case_for(request.user, pk)
    services.record_peek(case=case, by=actor_of(request))
    may_see = request.user.has_perm(Permission.TRANSACTION_VIEW)
    context = {
        "row": selectors.rows_of([case.pk])[0], "case": case,
        "verbs": selectors.allowed_verbs(case, request.user),  # type: ignore[arg-type]
        "linked": selectors.linked_cases_of(case, request.user)[:_RECENT],
        "transactions": transactions_for_customer(case.customer)[:_RECENT] if may_see else [],
        "viewers": selectors.viewers_of(case.pk, besides=request.user),  # type: ignore[arg-type]
    }  # fmt: skip
    return fragment(request, "cases/_peek.html", context)


@require_POST
@requires(Permission.CASE_VIEW)
def case_presence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The heartbeat of an open case page: renews the lease of one's own claim and tells who else is looking."""
    case = selectors.case_for(request.user, pk)
    services.note_presence(case=case, by=actor_of(request))
    services.renew_lease(case_id=case.pk, by=actor_of(request))
    viewers = selectors.viewers_of(case.pk, besides=request.user)  # type: ignore[arg-type]
    return render(request, "cases/_presence.html", {"case": case, "viewers": viewers})


@require_POST
@requires(Permission.CASE_WORK)
def absence_set(request: HttpRequest) -> HttpResponse:
    """Says that one takes no new cases, or takes them again."""
    absent = request.POST.get("absent") == "yes"
    services.set_absence(absent=absent, by=actor_of(request))
    messages.success(request, "You get no new cases now." if absent else "You get new cases again.")
    return redirect("cases:case_list")
