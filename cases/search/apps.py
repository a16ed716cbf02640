from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cases.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Connects the receivers, registers the rebuilding of the index and its forgetting."""
        for name in ("receivers", "rebuilding", "holding"):
            import_module(f"cases.search.{name}")
