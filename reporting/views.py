"""The dashboard: each figure as a chart, a table and a CSV, of a period and a team that stand in the URL; evidence packs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cases.selectors import case_for, may_know_filings
from core.http import actor_of, requires
from core.ids import parse_id
from core.permissions import Permission
from reporting.forms import ScopeForm
from reporting.metrics import METRICS, Figure, Scope
from reporting.services import export_case_evidence, export_metric


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
def evidence_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an evidence pack of this case holds; posted, the pack. Originals only for who may have them."""
    case = case_for(request.user, pk)
    may_have_originals = request.user.has_perm(Permission.DOCUMENT_DOWNLOAD)
    may_have_reports = may_know_filings(request.user)
    if request.method != "POST":
        context = {"case": case, "may_have_originals": may_have_originals, "may_have_reports": may_have_reports}
        return render(request, "reporting/evidence.html", context)
    viewer = request.user if may_have_reports and "reports" in request.POST else None
    with_originals = may_have_originals and "originals" in request.POST
    pack = export_case_evidence(case=case, by=actor_of(request), with_originals=with_originals, viewer=viewer)
    response = HttpResponse(pack.archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{pack.name}"'
    response["Cache-Control"] = "no-store"
    return response


def _scope(request: HttpRequest) -> Scope:
    values = ScopeForm(request.GET).scope_values()
    queue = values["queue"]
    return Scope(request.user, values["days"], parse_id(queue) if queue else None)


def _figure(code: str) -> Figure:
    if code not in METRICS:
        raise Http404
    return METRICS[code]
