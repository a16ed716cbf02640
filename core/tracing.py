"""Traces by OpenTelemetry, from a request through the steps of the runs it starts. Off until an OTEL_ variable names a collector.

A span bears names of views, actions and workflows, status, ids of runs and steps: nothing of what was sent. The
context of a request (W3C `traceparent`) is kept with the run that it starts, so that a worker's spans join the request's.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import structlog
from django.http import HttpRequest, HttpResponse
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.contextvars import bound_contextvars

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_SERVER_ERROR = 500
_propagator = TraceContextTextMapPropagator()
_provider: TracerProvider | None = None
_log = structlog.get_logger(__name__)


def start_tracing() -> None:
    """Sends spans to the collector that the environment names; does nothing where it names none, or says OTEL_SDK_DISABLED."""
    if any(os.environ.get(name) for name in _ENDPOINTS) and os.environ.get("OTEL_SDK_DISABLED", "").lower() != "true":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        os.environ.setdefault("OTEL_SERVICE_NAME", "probity")
        provider = TracerProvider(resource=Resource.create())
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        use_provider(provider)


def use_provider(provider: TracerProvider | None) -> None:
    """Makes spans with this provider; None: makes none."""
    global _provider  # noqa: PLW0603 - one a process
    _provider = provider


def traceparent() -> str:
    """The context of what is done now, to be kept with what it starts; empty where nothing is traced."""
    carrier: dict[str, str] = {}
    _propagator.inject(carrier)
    return carrier.get("traceparent", "")


@contextmanager
def span(name: str, kind: SpanKind, parent: str = "", **facts: str | int) -> Iterator[Span]:
    """A span for the block, below `parent` (a traceparent) where there is one; its id goes into the log lines of the block.

    An error that leaves the block marks the span by its kind, never by its words.
    """
    if _provider is None:
        yield trace.INVALID_SPAN
        return
    context = _propagator.extract({"traceparent": parent}) if parent else None
    with _tracer(_provider).start_as_current_span(
        name, context=context, kind=kind, attributes=facts, record_exception=False, set_status_on_exception=False
    ) as made:
        ids = made.get_span_context()
        with bound_contextvars(trace_id=f"{ids.trace_id:032x}", span_id=f"{ids.span_id:016x}"):
            try:
                yield made
            except Exception as error:
                made.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise


def _tracer(provider: TracerProvider) -> Tracer:
    return provider.get_tracer("probity")


class TracingMiddleware:
    """A span for every request, below the caller's where it sent a `traceparent`, named after the view: never after the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        parent = request.headers.get("traceparent", "")
        with span("request", SpanKind.SERVER, parent, **_facts(request.META)) as made:
            response = self.get_response(request)
            if request.resolver_match:
                made.update_name(request.resolver_match.view_name)
                made.set_attribute("http.route", request.resolver_match.route)
            made.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= _SERVER_ERROR:
                made.set_status(Status(StatusCode.ERROR))
            return response


def _facts(meta: Mapping[str, str]) -> dict[str, str | int]:
    method = meta.get("REQUEST_METHOD", "")
    return {"http.request.method": method if method in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"} else "_OTHER"}
