"""Every process sends hints through Probity's own broker; an idle websocket outlives the broker's time-outs."""

import asyncio
import subprocess
import sys
import threading

import pytest
from celery import current_app
from channels.layers import get_channel_layer
from django.conf import settings


def test_celery_app_of_any_thread_is_probity() -> None:
    seen: list[tuple[str, str]] = []
    thread = threading.Thread(target=lambda: seen.append((current_app.main, current_app.conf.broker_url)))
    thread.start()
    thread.join()
    assert seen == [("probity", settings.CELERY_BROKER_URL)]


def test_celery_app_knows_the_tasks_of_the_engine() -> None:
    current_app.loader.import_default_modules()
    assert {"workflows.tasks.advance_run", "workflows.tasks.run_due"} <= set(current_app.tasks)


def test_a_worker_knows_the_pages_before_its_first_alert() -> None:
    asked = (
        "import django; django.setup(); from django.urls import get_resolver; from celery.signals import worker_init; "
    )
    asked += "import compliance_site.worker; worker_init.send(None); print(get_resolver()._populated)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True"]


@pytest.mark.services
@pytest.mark.skipif(not settings.REDIS_URL, reason="needs Redis: make test-services")
def test_idle_listener_on_redis_still_hears_after_six_seconds() -> None:
    async def listen() -> object:
        layer = get_channel_layer()
        waiting = asyncio.ensure_future(layer.receive("idle-listener"))
        await asyncio.sleep(6)
        await layer.send("idle-listener", {"type": "hint"})
        return await asyncio.wait_for(waiting, 5)

    assert asyncio.run(listen()) == {"type": "hint"}
