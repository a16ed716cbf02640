"""The dashboard: each figure as a chart, a table and a CSV."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.http import actor_of, requires
from core.permissions import Permission
from reporting.metrics import METRICS, Metric
from reporting.services import export_metric


@requires(Permission.REPORT_VIEW)
def dashboard(request: HttpRequest) -> HttpResponse:
    """All figures."""
    return render(request, "reporting/dashboard.html", {"metrics": [metric() for metric in METRICS.values()]})


@requires(Permission.REPORT_VIEW)
def metric_data(request: HttpRequest, code: str) -> HttpResponse:
    """A figure's rows for its chart."""
    metric = _metric(code)
    return JsonResponse({"header": metric.header, "rows": metric.rows})


@requires(Permission.REPORT_EXPORT)
def metric_csv(request: HttpRequest, code: str) -> HttpResponse:
    """A figure as CSV. Recorded."""
    text = export_metric(metric=_metric(code), by=actor_of(request))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return response


def _metric(code: str) -> Metric:
    if code not in METRICS:
        raise Http404
    return METRICS[code]()
