"""Taking a model's files as the server does it: with no transaction around the request."""

import pytest

from audit.models import AuditEntry
from monitoring.models import ModelVersion
from monitoring.services import record_model_export
from tests.factories.monitoring import SYSTEM
from tests.security.rows import row_of


@pytest.mark.django_db(transaction=True)
def test_taking_a_file_is_recorded() -> None:
    version = row_of(ModelVersion, domain="finance")
    assert isinstance(version, ModelVersion)
    record_model_export(version=version, what="report.html", by=SYSTEM)
    assert AuditEntry.objects.filter(object_id=str(version.pk)).exists()
