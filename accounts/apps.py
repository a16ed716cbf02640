from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Connects the login receivers and the OpenAPI description of API keys."""
        from accounts import receivers, schema  # noqa: F401  (imported for their registrations)
