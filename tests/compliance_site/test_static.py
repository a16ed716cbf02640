"""Static files where nobody has collected any."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings
from whitenoise.middleware import WhiteNoiseMiddleware


# Closing an answer ends a request, and that looks after whatever connection an earlier test of this worker left open.
@pytest.mark.django_db
def test_styles_are_served_from_a_fresh_folder(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, True
    middleware = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    answer = middleware(RequestFactory().get("/static/css/probity.css"))
    answer.close()
    assert answer.status_code == 200
