"""The dashboard: each figure as a chart, a table and a CSV, of a period and a team that stand in the URL."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.ids import parse_id
from core.permissions import Permission
from reporting.exports.base import all_exports
from reporting.forms import ExportForm, ScopeForm
from reporting.metrics import METRICS, Figure, Scope
from reporting.services import export_metric, fetch_export, start_export, start_replay


@requires(Permission.REPORT_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every figure's card; each fetches its own figures, so that a slow one holds up no other."""
    form = ScopeForm(request.GET or None, initial={"days": 30})
    context = {"form": form, "figures": METRICS.values(), "query": request.GET.urlencode()}
    return render(request, "reporting/dashboard.html", context)


@requires(Permission.REPORT_VIEW)
def metric_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One figure; for HTMX only its card's content."""
    metric = _figure(code).compute(_scope(request))
    template = "reporting/_metric.html" if request.htmx else "reporting/metric.html"  # type: ignore[attr-defined]
    return render(request, template, {"metric": metric, "query": request.GET.urlencode()})


@requires(Permission.REPORT_EXPORT)
def metric_csv(request: HttpRequest, code: str) -> HttpResponse:
    """A figure as CSV. Recorded."""
    text = export_metric(metric=_figure(code).compute(_scope(request)), by=actor_of(request))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return response


@requires(Permission.REPORT_EXPORT)
def export_list(request: HttpRequest) -> HttpResponse:
    """Everything that can be exported, each with a period and a format."""
    rows = [(export, ExportForm(export.formats, auto_id=f"{export.code}_%s")) for export in all_exports().values()]
    return render(request, "reporting/export_list.html", {"rows": rows})


@require_POST
@requires(Permission.REPORT_EXPORT)
def export_start(request: HttpRequest, code: str) -> HttpResponse:
    """Has a worker make an export; its page shows how far it is and then the link."""
    export = all_exports().get(code)
    if export is None:
        raise Http404
    form = ExportForm(export.formats, request.POST, auto_id=f"{code}_%s")
    if form.is_valid():
        try:
            work = start_export(code=code, **form.cleaned_data, by=actor_of(request))
            return redirect("workflows:work_detail", work.pk)
        except ProbityError as error:
            add_faults(form, error)
    rows = [
        (item, form if item is export else ExportForm(item.formats, auto_id=f"{item.code}_%s"))
        for item in all_exports().values()
    ]
    return render(request, "reporting/export_list.html", {"rows": rows}, status=422)


@requires(Permission.REPORT_EXPORT)
def export_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file of a link that was given in the last day to the person who asks. Recorded."""
    path, filename = fetch_export(token=token, principal=request.user, by=actor_of(request))
    response = FileResponse(path.open("rb"), as_attachment=True, filename=filename)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(Permission.CASE_VIEW)
def replay_start(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Has a worker compute an alert, a hit or a rating again; its page says what came of it."""
    return redirect(
        "workflows:work_detail", start_replay(kind=kind, pk=pk, principal=request.user, by=actor_of(request)).pk
    )


def _scope(request: HttpRequest) -> Scope:
    values = ScopeForm(request.GET).scope_values()
    queue = values["queue"]
    return Scope(request.user, values["days"], parse_id(queue) if queue else None)


def _figure(code: str) -> Figure:
    if code not in METRICS:
        raise Http404
    return METRICS[code]
