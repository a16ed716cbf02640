"""The dashboard: each figure as a chart, a table and a CSV, of a period and a team that stand in the URL."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.http import actor_of, requires
from core.ids import parse_id
from core.permissions import Permission
from reporting.forms import ScopeForm
from reporting.metrics import METRICS, Figure, Scope
from reporting.services import export_metric


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


def _scope(request: HttpRequest) -> Scope:
    values = ScopeForm(request.GET).scope_values()
    queue = values["queue"]
    return Scope(request.user, values["days"], parse_id(queue) if queue else None)


def _figure(code: str) -> Figure:
    if code not in METRICS:
        raise Http404
    return METRICS[code]
