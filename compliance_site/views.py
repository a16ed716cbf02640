"""The front door: where a signed-in person lands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.http import requires
from core.permissions import Permission


@requires(Permission.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Officers land on their queue; whoever may not see cases lands on the audit log or their own account page."""
    if request.user.has_perm(Permission.CASE_VIEW):
        return redirect("cases:case_list")
    if request.user.has_perm(Permission.AUDIT_VIEW):
        return redirect("audit:entry_list")
    return redirect("accounts:account_detail")
