from importlib import import_module

from django.apps import AppConfig


class AiConfig(AppConfig):
    name = "ai"
    verbose_name = "Language models"

    def ready(self) -> None:
        """Registers what it tells of itself."""
        import_module("ai.gauges")
