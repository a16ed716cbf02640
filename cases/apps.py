from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        """Registers workflow actions and periodic tasks, connects receivers, says what of the record is kept from whom."""
        for module in (
            "steps",
            "periodic",
            "receivers",
            "run_links",
            "holding",
            "counterparties",
            "assist.works",
            "gauges",
        ):
            import_module(f"cases.{module}")
        kept = import_module("cases.selectors").entries_kept_from
        import_module("audit.concealment").register_concealer(kept)
