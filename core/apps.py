from django.apps import AppConfig

from core.tracing import start_tracing


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        """Traces, where the environment names a collector."""
        start_tracing()
