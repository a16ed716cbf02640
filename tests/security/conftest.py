"""The world that attacks are tried on: made once a file, and nothing of it stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template

from tests.security.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Pages are answered without being drawn: who may, and what is written, does not depend on it."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world(tmp_path_factory.mktemp("lists"))
        patch.setattr(Template, "render", lambda *_, **__: "")
        yield made
        patch.undo()
        transaction.set_rollback(True)
