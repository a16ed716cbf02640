from django.apps import AppConfig


class ComplianceSiteConfig(AppConfig):
    name = "compliance_site"
    verbose_name = "Probity"

    def ready(self) -> None:
        """Makes the Celery app the one that hints are sent with, and tells workers to run a dispatcher."""
        from compliance_site import celery, worker  # noqa: F401 - models are loaded only now
