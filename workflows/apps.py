from importlib import import_module

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "Workflows"

    def ready(self) -> None:
        """Registers long work with the dispatcher, the engine's own actions, its periodic work and its gauges."""
        for module in ("long_work", "steps", "due", "run_links", "bulk", "trials", "gauges"):
            import_module(f"workflows.{module}")
