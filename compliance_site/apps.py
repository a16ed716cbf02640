from django.apps import AppConfig


class ComplianceSiteConfig(AppConfig):
    name = "compliance_site"
    verbose_name = "Probity"
