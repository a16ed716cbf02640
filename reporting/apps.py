from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        """Registers the workflow action, and making exports as long work."""
        for module in ("steps", "works"):
            import_module(f"reporting.{module}")
