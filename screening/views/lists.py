"""Pages of the lists: each with its age, versions and entries; importing; where a list is fetched from."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from screening import selectors, services
from screening.forms import ImportForm, SourceForm
from screening.lists.issuers import ISSUERS
from workflows.services import start_work


@requires(Permission.LIST_VIEW)
def list_list(request: HttpRequest) -> HttpResponse:
    """Every list with its active version, how fresh it is and what waits for somebody."""
    ages = {age.name: age for age in selectors.list_ages()}
    coverage = {item.version.watchlist_id: item for item in selectors.coverage_by_list()}
    lists = [watchlist for watchlist in selectors.watchlists() if watchlist.name in ages]
    context = {
        "rows": [(watchlist, ages[watchlist.name], coverage.get(watchlist.pk)) for watchlist in lists],
        "missing": selectors.customers_without_screening(),
    }  # fmt: skip
    return render(request, "screening/list_list.html", context)


@requires(Permission.LIST_VIEW)
def list_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A list's versions, its source and the entries of the active version; `?q=` narrows by name."""
    watchlist = selectors.watchlist_for(pk)
    query = request.GET.get("q", "")
    context = {
        "watchlist": watchlist, "versions": watchlist.versions.all()[:20], "query": query, "own": services.OWN,
        "page": page_of(request, selectors.entries_of(watchlist, query)),
        "drafts": selectors.drafts_of(watchlist)[:20], "earlier": selectors.earlier_version(watchlist),
    }  # fmt: skip
    return render(request, "screening/list_detail.html", context)


@requires(Permission.LIST_IMPORT)
def list_import(request: HttpRequest) -> HttpResponse:
    """Uploads a list and shows how far its import is; what is wrong with the file is told there."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        work = start_work(kind="list import", title=said("Import of {name}", name=file.name), by=actor_of(request),
                          inputs=told | {"file": file.name}, file=file)  # fmt: skip
        return redirect("workflows:work_detail", work.pk)
    return render(request, "screening/list_import.html", {"form": form})


@requires(Permission.LIST_IMPORT)
def source_edit(request: HttpRequest) -> HttpResponse:
    """Where a list is fetched from: one of the issuers' (`?issuer=`), a list that is there (`?list=`), or another."""
    form = SourceForm(request.POST or None, initial=_source_told(request))
    if request.method == "POST" and form.is_valid():
        try:
            source = services.set_source(**form.cleaned_data, by=actor_of(request))
            messages.success(request, said("{name} will be fetched within a minute.", name=source.watchlist.name))
            return redirect("screening:list_detail", source.watchlist_id)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "screening/source_edit.html", {"form": form, "issuers": ISSUERS})


def _source_told(request: HttpRequest) -> dict[str, object]:
    told: dict[str, object] = {"every_hours": 24, "activates_itself": True, "is_enabled": True}
    issuer = next((item for item in ISSUERS if item.code == request.GET.get("issuer")), None)
    if issuer is not None:
        told |= {"name": issuer.title, "format": issuer.format, "location": issuer.location}
    if request.GET.get("list"):
        watchlist = selectors.watchlist_for(request.GET["list"])
        source = getattr(watchlist, "source", None)
        told |= {"name": watchlist.name, "format": watchlist.format, "kind": watchlist.kind}
        names = ("location", "every_hours", "activates_itself", "is_enabled")
        told |= {name: getattr(source, name) for name in names if source is not None}
    return told


@requires(Permission.LIST_VIEW)
def version_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a version changes against the one before; `?kind=` narrows to added, changed or removed entries."""
    version = selectors.version_for(pk)
    kind = request.GET.get("kind", "")
    page = page_of(request, selectors.changes_of(version, kind))
    counts = (("added", version.added), ("changed", version.changed), ("removed", version.removed))
    context = {"version": version, "page": page, "kind": kind, "counts": counts, "jobs": selectors.jobs_of(version)[:5]}
    return render(request, "screening/version_detail.html", context)


@require_POST
@requires(Permission.LIST_IMPORT)
def version_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Activates a version (with approval where it is doubtful) or refuses it."""
    version = selectors.version_for(pk)
    try:
        if request.POST.get("decision") == "refuse":
            services.refuse_version(version_id=version.pk, reason=request.POST.get("reason", ""), by=actor_of(request))
            messages.success(request, said("Version {number} is set aside.", number=version.number))
        else:
            services.activate_version(version_id=version.pk, by=actor_of(request), approve=True)
            messages.success(request, said("Version {number} is active.", number=version.number))
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("screening:version_detail", version.pk)


@require_POST
@requires(Permission.LIST_IMPORT)
def list_revert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Goes back to the version that was active before."""
    watchlist = selectors.watchlist_for(pk)
    try:
        version = services.revert_list(watchlist_id=watchlist.pk, by=actor_of(request))
        messages.success(request, said("Version {number} is active again.", number=version.number))
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("screening:list_detail", watchlist.pk)
