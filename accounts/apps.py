from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Connects receivers, the OpenAPI description of API keys, second factors to changes of keys, and our own codes."""
        from accounts import receivers, schema  # noqa: F401  (imported for their registrations)
        from accounts.sign_in import codes, keys  # noqa: F401

        codes.install()
