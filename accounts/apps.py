from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Connects the login receivers the OpenAPI description of API keys, and second factors to changes of keys."""
        from accounts import receivers, schema  # noqa: F401  (imported for their registrations)
        from accounts.sign_in import keys  # noqa: F401
