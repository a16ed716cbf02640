"""Every session is held to the policy: its age, its idleness, the second factor, who is asked again for what."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from accounts.models import SignInPolicy
from accounts.selectors import must_set_up_a_factor, sign_in_policy
from accounts.sign_in.recency import SEEN_AT, SIGNED_IN_AT, SSO_FACTOR, last_confirmed
from core.browser import FORGET
from core.http import local_path

_WRITE_EVERY = 60
_REST = "/api/"


class SignInPolicyMiddleware:
    """Acts on sessions of people alone: API keys know neither sessions nor second factors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        policy = sign_in_policy()
        if _is_over(request, policy):
            logout(request)
            messages.info(request, "Your session ended. Please sign in again.")
            answer = _led_to(request, redirect_to_login(_page_of(request)).url, "session_ended", "The session ended.")
            answer["Clear-Site-Data"] = FORGET
            return answer
        _mark_seen(request)
        request.sign_in_policy = policy  # type: ignore[attr-defined]
        if _lacks_a_factor(request, policy):
            return _led_to(request, reverse("mfa_index"), "second_factor_needed", "Your role needs a second factor.")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Asks who is there again before an act that the policy names; the form that was sent is kept until then."""
        policy: SignInPolicy | None = getattr(request, "sign_in_policy", None)
        if policy is None or request.method != "POST" or _permission_of(view) not in policy.confirm:
            return None
        if time.time() - last_confirmed(request) < policy.confirm_minutes * 60:
            return None
        place = reverse("account_reauthenticate")
        if request.path.startswith(_REST) or request.headers.get("HX-Request"):
            return _led_to(request, f"{place}?next={_page_of(request)}", "confirm_first", "Confirm who you are first.")
        kept: HttpResponseBase = suspend_request(request, place)
        return kept


def _permission_of(view: Any) -> str:
    if hasattr(view, "cls"):
        return str(getattr(view.cls, "required_permissions", {}).get("POST", ""))
    return str(getattr(view, "required_permission", ""))


def _is_over(request: HttpRequest, policy: SignInPolicy) -> bool:
    now = time.time()
    began = request.session.setdefault(SIGNED_IN_AT, now)
    seen = request.session.get(SEEN_AT, began)
    return bool(now - began > policy.longest_hours * 3600 or now - seen > policy.idle_minutes * 60)


def _mark_seen(request: HttpRequest) -> None:
    """At most once a minute, and not for what a page fetches by itself: an open page is nobody at work."""
    is_own = bool(request.headers.get("HX-Request")) and request.method == "GET"
    if not is_own and time.time() - request.session.get(SEEN_AT, 0) > _WRITE_EVERY:
        request.session[SEEN_AT] = time.time()
        UserSession.objects.create_from_request(request)


def _lacks_a_factor(request: HttpRequest, policy: SignInPolicy) -> bool:
    allowed = (reverse("accounts:account_detail"), reverse("accounts:logout"))  # the password and all under it
    is_open = request.path.startswith(allowed) or request.session.get(SSO_FACTOR, False)
    return not is_open and must_set_up_a_factor(request.user, policy)  # type: ignore[arg-type]


def _led_to(request: HttpRequest, url: str, code: str, detail: str) -> HttpResponse:
    """Programs of the page get an answer they understand, people the page they need."""
    if request.path.startswith(_REST):
        body = {"type": f"urn:probity:problem:{code}", "title": "Not permitted", "status": 403, "code": code,
                "detail": detail}  # fmt: skip
        return JsonResponse(body, status=403, content_type="application/problem+json")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _page_of(request: HttpRequest) -> str:
    """The page a person is on: of a fragment, the page around it; of a POST, the product's first page."""
    around = request.headers.get("HX-Current-URL", "").removeprefix(f"{request.scheme}://{request.get_host()}")
    return local_path(around, "/") if around else request.get_full_path() if request.method == "GET" else "/"
