"""Pages of the lists that are kept here: a new list, a proposed entry or its end, the second person's decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from screening import selectors, services
from screening.forms import EntryForm, OwnListForm
from screening.models import Watchlist


@requires(Permission.LIST_IMPORT)
def own_list_create(request: HttpRequest) -> HttpResponse:
    """A new, empty list of one's own."""
    form = OwnListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            watchlist = services.create_own_list(**form.cleaned_data, by=actor_of(request))
            return redirect("screening:list_detail", watchlist.pk)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "screening/own_list_create.html", {"form": form})


@requires(Permission.LIST_IMPORT)
def entry_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Proposes an entry as it shall be (`?entry=` fills in the present one), or its end."""
    watchlist = selectors.watchlist_for(pk)
    form = EntryForm(request.POST or None, initial=_present(watchlist, request.GET.get("entry", "")))
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_entry(watchlist=watchlist, **form.told(), by=actor_of(request))
            messages.success(request, "Proposed. Somebody else who keeps lists must approve it.")
            return redirect("screening:list_detail", watchlist.pk)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "screening/entry_propose.html", {"form": form, "watchlist": watchlist})


def _present(watchlist: Watchlist, source_id: str) -> dict[str, object]:
    entry = selectors.entry_of(watchlist, source_id) if source_id else None
    if entry is None:
        return {}
    many = {name: "\n".join(getattr(entry, name)) for name in EntryForm.MANY}
    return many | {
        name: getattr(entry, name) for name in ("source_id", "schema", "name", "gender", "remarks", "expires_on")
    }


@require_POST
@requires(Permission.LIST_IMPORT)
def entry_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approves or refuses what somebody else proposed."""
    draft = selectors.draft_for(pk)
    try:
        services.decide_entry(
            draft_id=draft.pk, approve=request.POST.get("decision") == "approve", by=actor_of(request)
        )
        messages.success(request, "Decided.")
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("screening:list_detail", draft.watchlist_id)
