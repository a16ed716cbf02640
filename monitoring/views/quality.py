"""Pages of the quality of labels: the report with its files, and what two people judged differently."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from monitoring import selectors, services
from monitoring.exports import quality_lines
from monitoring.forms import AlertForm
from monitoring.quality_data import quality_data
from monitoring.selectors import QUALITY_PERIODS


@requires(Permission.SAMPLING_VIEW)
def label_quality(request: HttpRequest) -> HttpResponse:
    """How far people agree, what second persons changed, what the model's word does to decisions."""
    quality = quality_data(selectors.label_quality(selectors.quality_days(request.GET.get("days", ""))))
    context = {"quality": quality, "periods": QUALITY_PERIODS, "policy": selectors.sampling_policy()}
    return render(request, "monitoring/quality/label_quality.html", context)


@requires(Permission.SAMPLING_VIEW)
def label_quality_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or JSON. Recorded."""
    if kind not in {"csv", "json"}:
        raise NotFound("There is no such file.")
    services.record_quality_export(what=kind, by=actor_of(request))
    quality = quality_data(selectors.label_quality(selectors.quality_days(request.GET.get("days", ""))))
    headers = {"Content-Disposition": f'attachment; filename="label-quality.{kind}"', "Cache-Control": "no-store"}
    if kind == "json":
        return JsonResponse(quality, json_dumps_params={"indent": 1}, headers=headers)
    return HttpResponse("".join(quality_lines(quality)), content_type="text/csv; charset=utf-8", headers=headers)


@requires(Permission.ALERT_DISPOSE)
def dispute_list(request: HttpRequest) -> HttpResponse:
    """Alerts on whose outcome two others differ."""
    page = page_of(request, selectors.disputes_for(request.user))
    return render(request, "monitoring/quality/dispute_list.html", {"page": page})


@requires(Permission.ALERT_DISPOSE)
def dispute_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both judgements beside the row; POST says what stands. Looking is recorded."""
    item = selectors.dispute_for(request.user, pk)
    form = AlertForm(request.POST or None)
    status = 200
    if request.method != "POST":
        services.record_dispute_view(item=item, by=actor_of(request))
    elif form.is_valid():
        try:
            services.settle_dispute(item_id=item.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "What stands is kept.")
            return redirect("monitoring:dispute_list")
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    else:
        status = 422
    return render(request, "monitoring/quality/dispute_detail.html", {"item": item, "form": form}, status=status)
