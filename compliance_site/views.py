"""The front door, the page that leads to everything that is set, and what joins apps that do not know each other."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from compliance_site.administration import sections_for
from compliance_site.record import VERIFICATION
from compliance_site.status import status_now
from core.clock import now
from core.exceptions import NotFound
from core.http import actor_of, local_path, requires
from core.language import remember_choice
from core.permissions import Permission
from notifications.services import choose_language
from workflows.services import start_work

_A_YEAR = 365 * 24 * 60 * 60


@requires(Permission.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Officers land on their queue; whoever may not see cases lands on the audit log or their own account page."""
    if request.user.has_perm(Permission.CASE_VIEW):
        return redirect("cases:case_list")
    if request.user.has_perm(Permission.AUDIT_VIEW):
        return redirect("audit:entry_list")
    return redirect("accounts:account_detail")


@requires(Permission.PUBLIC)
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """The language of pages from now on: a person's own choice is kept with their preferences, anybody's in a cookie."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise NotFound(gettext("There is no such language."))
    response = redirect(local_path(request.POST.get("next", ""), "/"))
    if request.user.is_authenticated:
        wish = choose_language(language=language, by=actor_of(request))
        remember_choice(request, language=wish.language, time_zone=wish.time_zone)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_A_YEAR, httponly=True, samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )  # fmt: skip
    return response


@requires(Permission.AUDIT_VERIFY)
@require_POST
def record_verify(request: HttpRequest) -> HttpResponse:
    """Starts a verification of the whole record and shows how far it is."""
    work = start_work(kind=VERIFICATION, title="Verification of the record", inputs={}, by=actor_of(request))
    return redirect("workflows:work_detail", work.pk)


@requires(Permission.SIGNED_IN)
def administration(request: HttpRequest) -> HttpResponse:
    """Every page on which something is set or watched over, for who may open it."""
    context = {"sections": sections_for(request.user), "may_rebuild": request.user.has_perm(Permission.POLICY_EDIT)}
    return render(request, "compliance_site/administration.html", context)


@requires(Permission.DELIVERY_VIEW)
def status(request: HttpRequest) -> HttpResponse:
    """How the installation does: queues, controls, the record, what leaves, database and disk."""
    topics = status_now()
    waiting = sum(topic.waiting for topic in topics)
    return render(request, "compliance_site/status.html", {"topics": topics, "waiting": waiting, "read_at": now()})
