from importlib import import_module

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "cases.filings"
    label = "filings"
    verbose_name = "Reports of suspicion"

    def ready(self) -> None:
        """Registers how reports are forgotten, and their narrative as a text that can be drafted."""
        for name in ("holding", "drafting"):
            import_module(f"cases.filings.{name}")
