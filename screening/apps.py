from importlib import import_module

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "screening"

    def ready(self) -> None:
        """Registers the workflow action and the list formats."""
        import_module("screening.lists")
        import_module("screening.steps")
