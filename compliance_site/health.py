"""Whether this process can serve, for load balancers and container health checks; what it measures, for Prometheus."""

from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from compliance_site.gauges import database_answers
from core.browser import ruled_alone
from core.http import requires
from core.measuring import exposition
from core.permissions import Permission


@requires(Permission.PUBLIC)
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not. Says nothing else."""
    if not database_answers():
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@requires(Permission.PUBLIC)
def livez(request: HttpRequest) -> JsonResponse:
    """200 while this process answers at all: a database that is away is no reason to start it anew."""
    return JsonResponse({"status": "ok"})


@requires(Permission.PUBLIC)
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and ages in Prometheus' text format, for who has the token or asks from an allowed address; else 404."""
    if not (_has_token(request) or _is_near(request)):
        return HttpResponse(status=404, content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(sent.encode(), settings.METRICS_TOKEN.encode())


def _is_near(request: HttpRequest) -> bool:
    """The address counts only where no proxy stands between: behind one, everybody has the proxy's."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers or not settings.METRICS_ADDRESSES:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a unix socket has none
        return False
    return any(address in ip_network(allowed) for allowed in settings.METRICS_ADDRESSES)


class ProbesMiddleware:
    """Answers probes and Prometheus before the host is checked: they ask by a process's address, not by the product's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = _PROBES.get(request.path)
        return ruled_alone(view(request)) if view is not None else self.get_response(request)


_PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/livez": livez, "/metrics": metrics}  # type: ignore[dict-item]
