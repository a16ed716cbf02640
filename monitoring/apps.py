from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        """Registers the workflow action, the queue of assessments, the snapshots and long work."""
        for name in ("steps", "tasks", "works", "run_links"):
            import_module(f"monitoring.{name}")
