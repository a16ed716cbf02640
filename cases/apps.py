from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        """Registers the workflow actions and periodic tasks, and connects the receivers."""
        for module in ("steps", "periodic", "receivers", "run_links"):
            import_module(f"cases.{module}")
