"""Each Celery worker also runs a dispatcher (docs/adr/0002), from when it is ready until it shuts down."""

from typing import Any

from celery.signals import worker_init, worker_ready, worker_shutting_down
from django.conf import settings
from django.urls import get_resolver
from prometheus_client import start_http_server

from core.measuring.kept import kept_registry
from workflows.dispatcher import HintingDispatcher

_dispatcher = HintingDispatcher()


@worker_init.connect
def know_the_pages(**kwargs: Any) -> None:
    """Loads every page's address before the processes of the pool part from this one: a message links to them, and the first
    alert of each process would wait a second for it."""
    _ = get_resolver().reverse_dict


@worker_ready.connect
def start_dispatcher(**kwargs: Any) -> None:
    """One loop a worker, in its parent process; beside it the counters of all its processes, where a port is set."""
    if settings.WORKER_METRICS_PORT:
        start_http_server(
            settings.WORKER_METRICS_PORT, registry=kept_registry(),
            certfile=settings.WORKER_METRICS_CERTIFICATE or None, keyfile=settings.WORKER_METRICS_KEY or None,
        )  # fmt: skip
    _dispatcher.start()


@worker_shutting_down.connect
def stop_dispatcher(**kwargs: Any) -> None:
    _dispatcher.stop()
