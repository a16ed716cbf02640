"""Pages of the record: everything, one object, one stream. Looking at personal data is itself recorded."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from audit import selectors
from audit.actions import all_actions
from audit.concealment import visible_entries
from audit.forms import AlarmForm, EntryFilterForm, without_persons
from audit.models import AuditEntry
from audit.services import clear_alarm, record_personal_view
from core.http import actor_of, requires
from core.pagination import SEARCH_SIZE, page_of
from core.permissions import Permission


@requires(Permission.AUDIT_VIEW)
def entry_list(request: HttpRequest) -> HttpResponse:
    """The whole record, filtered, newest first. Who acted and on what is asked by POST: neither stands in a URL."""
    asked = request.method == "POST"
    form = EntryFilterForm(request.POST) if asked else EntryFilterForm(without_persons(request.GET))
    entries = visible_entries(selectors.entries_matching(form.as_filter()), request.user)
    page = page_of(request, entries[:SEARCH_SIZE] if asked else entries, size=SEARCH_SIZE if asked else 50)
    folds = selectors.folded(selectors.rows_from(page.object_list, with_personal=False))
    return render(
        request,
        "audit/entry_list.html",
        {"form": form, "page": page, "folds": folds, "actions": all_actions(), "asked": asked, "most": SEARCH_SIZE},
    )


@requires(Permission.AUDIT_VIEW)
def object_panel(request: HttpRequest, object_type: str, object_id: str) -> HttpResponse:
    """Everything recorded about one object."""
    entries = selectors.entries_for_object(object_type, object_id)
    return _panel(request, entries, f"{object_type} {object_id}")


@requires(Permission.AUDIT_VIEW)
def stream_panel(request: HttpRequest, stream: str) -> HttpResponse:
    """Everything on one stream."""
    return _panel(request, selectors.entries_for_stream(stream), stream.partition(":")[2] or stream)


@requires(Permission.AUDIT_VIEW)
def integrity(request: HttpRequest) -> HttpResponse:
    """What vouches for the record: its tree, its anchors, its verifications, and what is wrong with it."""
    return render(request, "audit/integrity.html", {"state": selectors.integrity_now(), "form": AlarmForm()})


@requires(Permission.AUDIT_CLEAR)
@require_POST
def alarm_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody says what was done about an alarm."""
    form = AlarmForm(request.POST)
    if not form.is_valid():
        return render(
            request, "audit/integrity.html", {"state": selectors.integrity_now(), "form": form, "tried": pk}, status=422
        )
    clear_alarm(alarm_id=pk, resolution=form.cleaned_data["resolution"], by=actor_of(request))
    messages.success(request, "The alarm is cleared; what was done is on the record.")
    return redirect("audit:integrity")


def _panel(request: HttpRequest, entries: QuerySet[AuditEntry], title: str) -> HttpResponse:
    page = page_of(request, visible_entries(entries, request.user), size=50)
    reveal = "personal" in request.GET and request.user.has_perm(Permission.AUDIT_VIEW_PERSONAL)
    if reveal:
        record_personal_view(what=title, by=actor_of(request))
    folds = selectors.folded(selectors.rows_from(page.object_list, with_personal=reveal))
    template = "audit/_entries.html" if request.htmx else "audit/entries.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page, "folds": folds, "title": title, "revealed": reveal})
