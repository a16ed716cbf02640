from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        """Registers the workflow action, the queue of assessments, the snapshots, long work and forgetting."""
        for name in ("steps", "tasks", "works", "ranking_works", "run_links", "holding"):
            import_module(f"monitoring.{name}")
