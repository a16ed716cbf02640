from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        """Registers the workflow actions, the queue of assessments, the snapshots, long work and forgetting."""
        for name in (
            "steps",
            "tasks",
            "works",
            "archive_works",
            "ranking_works",
            "ranking_steps",
            "run_links",
            "holding",
        ):
            import_module(f"monitoring.{name}")
