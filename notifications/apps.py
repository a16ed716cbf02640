from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Connects the receivers and registers the outbox, periodic work and the workflow action."""
        for module in ("receivers", "relay", "periodic", "steps"):
            import_module(f"notifications.{module}")
