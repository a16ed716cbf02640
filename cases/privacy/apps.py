from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "cases.privacy"
    label = "privacy"
    verbose_name = "Data protection"

    def ready(self) -> None:
        """Registers the erasing as long work, and the nightly look for what need not be kept any longer."""
        for name in ("works", "periodic"):
            import_module(f"cases.privacy.{name}")
