"""Requests by view and status, and how long they took."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.measuring.kept import Counter, Histogram

REQUESTS = Counter("probity_requests", "Requests answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "probity_request_seconds",
    "How long answers took.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MeasuringMiddleware:
    """Counts every request under the name of its view: never under its path, which holds ids."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else "none"  # probes, and what is not there
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(view, method, str(response.status_code)).inc()
        SECONDS.labels(view).observe(time.perf_counter() - began)
        return response
