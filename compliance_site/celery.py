"""The Celery app: `celery -A compliance_site worker`. Each worker also runs a dispatcher (design decision 2)."""

import os
from typing import Any

import django
from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
django.setup()

from workflows.dispatcher import HintingDispatcher  # noqa: E402 - the models need Django set up first

app = Celery("probity")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workflows"])

_dispatcher = HintingDispatcher()


@worker_ready.connect
def start_dispatcher(**kwargs: Any) -> None:
    """One loop a worker, in its parent process."""
    _dispatcher.start()


@worker_shutting_down.connect
def stop_dispatcher(**kwargs: Any) -> None:
    _dispatcher.stop()
