"""A summary by a real language model: `make test-llm` starts one, and sets where it is."""

import os

import pytest
from pytest_django import Settings

from accounts.enums import Role
from cases.assist.checking import marks_of
from cases.assist.purposes import SUMMARY
from cases.assist.services import start_draft
from cases.models import TextDraft
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from workflows.long_work import run_work

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not os.environ.get("PROBITY_TEST_LLM_URL"), reason="no model is running: `make test-llm` starts one"
    ),
]


def test_whatever_it_says_each_sentence_cites_or_is_struck_out_and_nothing_on_file_is_left_out(
    settings: Settings,
) -> None:
    settings.LLM_SCHEMA_AS = "json_object"
    settings.LLM_MODEL, settings.LLM_BASE_URL = "smollm2", os.environ.get("PROBITY_TEST_LLM_URL", "")
    work = start_draft(case=make_case(), purpose=SUMMARY, by=make_person(Role.ANALYST).actor)
    run_work(work.pk)
    draft = TextDraft.objects.get()
    sound = [line for line in draft.lines if not line["faults"]]
    assert all(marks_of(line["text"]) for line in sound)
    cited = {mark for line in sound for mark in marks_of(line["text"])}
    assert cited == set(range(1, len(draft.evidence) + 1))
