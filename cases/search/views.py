"""The search page. A search is a POST: names are personal and stay out of URLs and access logs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.search import selectors, services
from cases.search.forms import SearchForm
from cases.search.rebuilding import REBUILD
from core.http import actor_of, requires
from core.permissions import Permission
from workflows.services import start_work

_LEAST = 2


@requires(Permission.CASE_VIEW)
def search_page(request: HttpRequest) -> HttpResponse:
    """What was found, in groups; for HTMX only that. A case's number leads straight to it."""
    form = SearchForm(request.POST or None)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    results = None
    if len(query) >= _LEAST:
        case = None if request.htmx else selectors.case_with_number(request.user, query)  # type: ignore[attr-defined]
        if case is not None:
            return redirect("cases:case_detail", case.pk)
        results = selectors.search(request.user, query)
        if results.count:
            services.record_search(found=results.count, customer_ids=results.customer_ids, by=actor_of(request))
    template = "cases/search/_results.html" if request.htmx else "cases/search/search.html"  # type: ignore[attr-defined]
    return render(request, template, {"query": query, "results": results})


@require_POST
@requires(Permission.POLICY_EDIT)
def index_rebuild(request: HttpRequest) -> HttpResponse:
    """Has a worker build the index anew."""
    work = start_work(kind=REBUILD, title="Rebuild the search index", by=actor_of(request))
    return redirect("workflows:work_detail", work.pk)
