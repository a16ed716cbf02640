"""The guide names every action with what it takes, as they say of themselves."""

import pytest
from django.conf import settings

from workflows.engine.guide import with_actions
from workflows.engine.registry import actions_with_summaries


def test_the_guide_s_table_of_actions_is_up_to_date() -> None:
    text = (settings.BASE_DIR / "docs" / "guide" / "workflows.md").read_text()
    assert text == with_actions(text, actions_with_summaries()), "manage.py workflow_guide"


def test_a_guide_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no part between"):
        with_actions("# Workflows", [])
