from importlib import import_module

from django.apps import AppConfig

from core.tracing import start_tracing


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Traces, where the environment names a collector; makes sealed columns part of every change of keys."""
        start_tracing()
        import_module("core.columns.moving")
