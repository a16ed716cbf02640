from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        """Registers the workflow action and the queue of assessments."""
        import_module("monitoring.steps")
