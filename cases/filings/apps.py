from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "cases.filings"
    label = "filings"
    verbose_name = "Reports of suspicion"
