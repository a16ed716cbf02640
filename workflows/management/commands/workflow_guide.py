"""Writes the table of actions into docs/guide/workflows.md, from what the actions say of themselves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflows.engine.guide import with_actions
from workflows.engine.registry import actions_with_summaries


class Command(BaseCommand):
    help = "Brings the table of actions in docs/guide/workflows.md up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "guide" / "workflows.md"
        path.write_text(with_actions(path.read_text(), actions_with_summaries()))
