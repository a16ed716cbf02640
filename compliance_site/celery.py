"""The Celery app: `celery -A compliance_site worker`. Every process makes it, since every process sends hints.

Celery itself sets Django up in a worker, before its tasks are imported.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")

app = Celery("probity", set_as_current=True)
app.set_default()  # request threads of a server look there
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workflows"])
