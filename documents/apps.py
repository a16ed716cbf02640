from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Registers the workflow action, the periodic work, the system check and how documents are forgotten and found."""
        import_module("documents.steps")
        import_module("documents.periodic")
        import_module("documents.run_links")
        import_module("documents.holding")
        import_module("documents.rekeying")
        register(import_module("documents.system_checks").reading_is_possible)
