from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Connects the receivers and registers the outbox, periodic work, the workflow action and gauges."""
        for module in ("receivers", "relay", "periodic", "steps", "gauges"):
            import_module(f"notifications.{module}")
