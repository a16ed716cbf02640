from django.apps import AppConfig


class ComplianceSiteConfig(AppConfig):
    name = "compliance_site"
    verbose_name = "Probity"

    def ready(self) -> None:
        """Makes the Celery app the one that hints are sent with, tells workers to run a dispatcher, and has the record placed."""
        from compliance_site import celery, gauges, record, rotation, worker  # noqa: F401 - models are loaded only now
        from compliance_site.demo import day  # noqa: F401
