from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        """Registers what runs can be about, and what ids of customers in them lead to."""
        for name in ("steps", "run_links"):
            import_module(f"customers.{name}")
