from importlib import import_module

from django.apps import AppConfig


class RfiConfig(AppConfig):
    name = "cases.rfi"
    label = "rfi"
    verbose_name = "Requests for information"

    def ready(self) -> None:
        """Registers reminding, expiring and forgetting."""
        import_module("cases.rfi.periodic")
        import_module("cases.rfi.holding")
