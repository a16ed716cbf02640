from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        """Registers what runs can be about, what ids of customers in them lead to, how they are forgotten and told."""
        for name in ("steps", "run_links", "holding", "rekeying", "schema", "works"):
            import_module(f"customers.{name}")
