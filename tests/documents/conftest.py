"""A content store of its own for every test, and where the OCR-B model is."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings

from documents.extraction.ocr_settings import OcrSettings
from tests.factories.documents import SHARED_DOCUMENTS


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def mrz_model() -> Path:
    """The OCR-B model; tests that need it are skipped where it has not been fetched."""
    places = (Path(django_settings.MRZ_MODEL), SHARED_DOCUMENTS.parent / "models" / "mrz.traineddata")
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("the OCR-B model is not here: run `manage.py fetch_models`")
    return found


@pytest.fixture(scope="session")
def ocr(mrz_model: Path) -> OcrSettings:
    """English and the OCR-B model."""
    return OcrSettings("eng", mrz_model)
