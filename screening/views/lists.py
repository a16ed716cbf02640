"""Pages of the lists with their versions and entries."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from screening import selectors, services
from screening.forms import ImportForm
from screening.uploads import unpacked


@requires(Permission.LIST_VIEW)
def list_list(request: HttpRequest) -> HttpResponse:
    """Every list with its active version."""
    return render(request, "screening/list_list.html", {"watchlists": selectors.watchlists()})


@requires(Permission.LIST_VIEW)
def list_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A list's versions and the entries of the active one; `?q=` narrows by name."""
    watchlist = selectors.watchlist_for(pk)
    query = request.GET.get("q", "")
    page = page_of(request, selectors.entries_of(watchlist, query))
    context = {"watchlist": watchlist, "versions": watchlist.versions.all()[:20], "page": page, "query": query}
    return render(request, "screening/list_detail.html", context)


@requires(Permission.LIST_IMPORT)
def list_import(request: HttpRequest) -> HttpResponse:
    """Uploads a list; it is active when it is fit, and says what is wrong with it when it is not."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with unpacked(data.pop("file")) as path:
                version = services.import_list(path=path, by=actor_of(request), **data)
            messages.success(
                request, f"{version.watchlist.name} v{version.number}: {version.entry_count} entries are active."
            )
            return redirect("screening:list_detail", version.watchlist_id)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "screening/list_import.html", {"form": form})
