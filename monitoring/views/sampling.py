"""Pages of sampling below the line: the blind queue, an item of it, what it says of scenarios, the policy."""

from uuid import UUID

from django.conf import settings
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
from monitoring import selectors, services
from monitoring.exports import sampling_lines
from monitoring.forms import AlertForm, SamplingForm
from monitoring.models import BlindItem
from monitoring.sparkline import sparklines
from workflows.services import start_work


@requires(Permission.ALERT_DISPOSE)
def blind_list(request: HttpRequest) -> HttpResponse:
    """What waits to be judged without knowing whether it raised an alert."""
    return render(
        request, "monitoring/sampling/blind_list.html", {"page": page_of(request, selectors.blind_queue(request.user))}
    )


@requires(Permission.ALERT_DISPOSE)
def blind_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item with what is known of it but its outcome; POST judges it and goes on to the next. Looking is recorded."""
    item = selectors.blind_item_for(request.user, pk)
    form = AlertForm(request.POST or None)
    if request.method != "POST":
        services.record_blind_view(item=item, by=actor_of(request))
        return _item_page(request, item, form)
    status = 422
    if form.is_valid():
        try:
            services.judge_blind_item(item_id=item.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "Your judgement is kept.")
            following = selectors.blind_queue(request.user).first()
            return redirect("monitoring:blind_item", following.pk) if following else redirect("monitoring:blind_list")
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return _item_page(request, item, form, status)


def _item_page(request: HttpRequest, item: BlindItem, form: AlertForm, status: int = 200) -> HttpResponse:
    activity = selectors.activity_for_customer(item.customer)
    context = {
        "item": item, "form": form, "activity": activity, "history": selectors.blind_history(item),
        "rationale": item.version.definition["rationale"], "lines": sparklines(activity.came_in, activity.went_out),
        "base_currency": settings.BASE_CURRENCY, "waiting": selectors.blind_queue(request.user).count(),
    }  # fmt: skip
    return render(request, "monitoring/sampling/blind_item.html", context, status=status)


@requires(Permission.SAMPLING_VIEW)
def sampling_report(request: HttpRequest) -> HttpResponse:
    """By scenario how many rows below the line people found suspicious, and which limits would have caught them."""
    context = {"rows": selectors.sampling_report(), "policy": selectors.sampling_policy()}
    return render(request, "monitoring/sampling/report.html", context)


@requires(Permission.SAMPLING_VIEW)
def sampling_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV. Recorded."""
    services.record_sampling_export(by=actor_of(request))
    response = HttpResponse(
        "".join(sampling_lines(selectors.sampling_report())), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="below-the-line.csv"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(Permission.SCENARIO_EDIT)
def sampling_looser(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Has a worker try looser limits of the version on the past."""
    version = selectors.version_for(selectors.scenario_for(pk), number)
    work = start_work(
        kind="looser limits", title=said("Looser limits of {code}", code=version.scenario.code), by=actor_of(request),
        inputs={"version_id": str(version.pk)},
    )  # fmt: skip
    return redirect("workflows:work_detail", work.pk)


@requires(Permission.SCENARIO_EDIT)
def sampling_policy(request: HttpRequest) -> HttpResponse:
    """How much is sampled; POST publishes a new version."""
    policy = selectors.sampling_policy()
    form = SamplingForm(request.POST or None, initial=vars(policy))
    if request.method == "POST" and form.is_valid():
        services.publish_sampling_policy(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The policy is in force from the next night on.")
        return redirect("monitoring:sampling_policy")
    context = {"form": form, "policy": policy, "versions": selectors.sampling_policies()[:20]}
    return render(request, "monitoring/sampling/policy.html", context)
