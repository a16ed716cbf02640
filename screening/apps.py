from importlib import import_module

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "screening"

    def ready(self) -> None:
        """Registers the list formats, the workflow action, what the dispatcher and long work do, forgetting, gauges."""
        for name in ("lists", "steps", "tasks", "works", "run_links", "holding", "gauges"):
            import_module(f"screening.{name}")
