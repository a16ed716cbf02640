"""Everything in one process: web, workers, scheduler and live updates. No broker, no other service."""

import asyncio
import signal
import socket
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from compliance_site.asgi import embedded_application
from compliance_site.demo import demo_logins, seed_demo
from compliance_site.shipped import ensure_what_ships
from notifications.channels.live import serve_from
from workflows.dispatcher import EmbeddedDispatcher


class _Server(uvicorn.Server):
    """Tells the live channel which event loop websockets live on, and the terminal when the address answers."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        serve_from(asyncio.get_running_loop())
        print(self._ready, flush=True)


class Command(BaseCommand):
    help = "Starts Probity in one process; --demo seeds a demonstration on the first start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", action="store_true", help="seed the demonstration where nothing is seeded yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates, publishes what ships, seeds, and serves until Ctrl-C; queued work is done after the next start."""
        _require_free(options["host"], options["port"])
        call_command("migrate", verbosity=0)
        ensure_what_ships()
        if options["demo"]:
            seed_demo()
        dispatcher = EmbeddedDispatcher(settings.WORKER_THREADS)
        dispatcher.start()
        config = uvicorn.Config(
            embedded_application, host=options["host"], port=options["port"], log_config=None, lifespan="off",
            timeout_graceful_shutdown=3, server_header=False, access_log=False,
        )  # fmt: skip
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a container's stop is a Ctrl-C
        try:
            _Server(config, self._greeting(options)).run()
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What is queued is done after the next start.")
        finally:
            dispatcher.stop()

    def _greeting(self, options: dict[str, Any]) -> str:
        lines = [f"\nProbity answers on http://{options['host']}:{options['port']}  (Ctrl-C stops it)"]
        lines += [f"  {login.role:<14} {login.username:<14} {login.password}" for login in demo_logins()]
        return "\n".join(lines)


def _require_free(host: str, port: int) -> None:
    """Raises CommandError before anything is begun where somebody else answers at this address."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        told = f"{host}:{port} cannot be used ({error.strerror}). Choose another: `PORT={port + 1} make run`."
        raise CommandError(told) from error
