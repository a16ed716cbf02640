from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cases.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Connects the receivers and registers the rebuilding of the index."""
        import_module("cases.search.receivers")
        import_module("cases.search.rebuilding")
