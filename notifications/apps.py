from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Connects the receivers and registers the outbox with the dispatcher."""
        for module in ("receivers", "relay"):
            import_module(f"notifications.{module}")
