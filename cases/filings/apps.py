from importlib import import_module

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "cases.filings"
    label = "filings"
    verbose_name = "Reports of suspicion"

    def ready(self) -> None:
        """Registers how reports are forgotten."""
        import_module("cases.filings.holding")
