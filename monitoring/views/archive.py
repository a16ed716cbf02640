"""The page of the archive: its policy, its months, bringing one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import NotFound
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.archive_works import BRINGING_BACK
from monitoring.forms import ArchiveForm, MonthForm
from workflows.services import start_work


@requires(Permission.POLICY_EDIT)
def archive_list(request: HttpRequest) -> HttpResponse:
    """How many months stay in the database and where each lies; POST publishes a new version of the policy."""
    policy = selectors.archive_policy()
    form = ArchiveForm(request.POST or None, initial={"months": policy.months})
    if request.method == "POST" and form.is_valid():
        services.publish_archive_policy(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The policy is in force from now on.")
        return redirect("monitoring:archive_list")
    context = {
        "form": form, "policy": policy, "before": selectors.archived_before(policy), "least": selectors.LEAST_MONTHS,
        "page": page_of(request, selectors.month_lines()), "versions": selectors.archive_policies()[:10],
    }  # fmt: skip
    return render(request, "monitoring/archive_list.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.POLICY_EDIT)
def archive_bring_back(request: HttpRequest) -> HttpResponse:
    """Has a worker put a month back into the database."""
    form = MonthForm(request.POST)
    month = form.cleaned_data["month"] if form.is_valid() else ""
    if not selectors.archived_months().filter(month=month).exists():
        raise NotFound("This month is not archived.")
    title = said("{month} out of the archive", month=month)
    work = start_work(kind=BRINGING_BACK, title=title, inputs={"month": month}, by=actor_of(request))
    return redirect("workflows:work_detail", work.pk)
