"""Each Celery worker also runs a dispatcher (docs/adr/0002), from when it is ready until it shuts down."""

from typing import Any

from celery.signals import worker_ready, worker_shutting_down

from workflows.dispatcher import HintingDispatcher

_dispatcher = HintingDispatcher()


@worker_ready.connect
def start_dispatcher(**kwargs: Any) -> None:
    """One loop a worker, in its parent process."""
    _dispatcher.start()


@worker_shutting_down.connect
def stop_dispatcher(**kwargs: Any) -> None:
    _dispatcher.stop()
