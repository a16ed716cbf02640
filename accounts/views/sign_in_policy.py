"""How people sign in here, and what is locked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms import ReasonForm, SignInPolicyForm
from core.http import actor_of, requires
from core.permissions import Permission


@requires(Permission.PERSON_MANAGE)
def policy_edit(request: HttpRequest) -> HttpResponse:
    """The policy; POST sets it."""
    form = SignInPolicyForm(request.POST or None, instance=selectors.sign_in_policy())
    if request.method == "POST" and form.is_valid():
        services.change_sign_in_policy(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The policy is in force.")
        return redirect("accounts:sign_in_policy")
    return render(request, "accounts/sign_in_policy.html", {"form": form, "locks": selectors.locks()})


@require_POST
@requires(Permission.PERSON_MANAGE)
def lock_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets attempts go on at once."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.release_lock(tally_id=pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The lock is released.")
    else:
        messages.error(request, "Releasing a lock needs a reason.")
    return redirect("accounts:sign_in_policy")
