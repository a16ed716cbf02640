"""Traces: one from a real request through the step that a worker does, with nothing in them that was sent."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from compliance_site.shipped import ensure_what_ships
from core import tracing
from tests.factories.accounts import make_api_key
from workflows.models import Run, StepRun
from workflows.runner import run_step

pytestmark = pytest.mark.django_db
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SENT = {"customer": {"external_id": "T-1", "kind": "person", "name": "Plantedmarker"}}


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use_provider(provider)
    yield exporter
    tracing.use_provider(None)


def test_a_submission_is_one_trace_from_the_caller_to_the_step(spans: InMemorySpanExporter, client: Client) -> None:
    ensure_what_ships()
    _, key = make_api_key()
    headers = {"Authorization": f"Bearer {key}", "traceparent": CALLER, "Idempotency-Key": str(uuid4())}
    answer = client.post("/api/v1/submissions", SENT, content_type="application/json", headers=headers)
    assert answer.status_code == 202, answer.content
    step = StepRun.objects.filter(state="pending").first()
    assert step is not None
    run_step(step.pk)
    made = {span.name: span for span in spans.get_finished_spans()}
    worked = made[f"step {step.action}"]
    request = next(span for span in made.values() if "http.route" in (span.attributes or {}))
    assert f"{request.context.trace_id:032x}" == CALLER.split("-")[1]
    assert worked.context.trace_id == request.context.trace_id
    assert worked.parent is not None
    assert worked.parent.span_id == request.context.span_id
    assert "Plantedmarker" not in "".join(span.to_json() for span in spans.get_finished_spans())


def test_without_a_collector_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    tracing.start_tracing()
    assert tracing.traceparent() == ""
    assert not Run.objects.exclude(traceparent="").exists()
