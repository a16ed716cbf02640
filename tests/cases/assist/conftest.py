"""A person, and a language model that speaks the protocol and writes what it is told to."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from accounts.enums import Role
from accounts.models import User
from cases.assist.purposes import SUMMARY
from cases.assist.services import start_draft
from cases.models import Case, TextDraft
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.fakes.language_model import Answer, FakeLanguageModel, fake_language_model
from workflows.long_work import run_work
from workflows.models import LongWork


@pytest.fixture
def person() -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def write(settings: Settings, person: User) -> Callable[..., tuple[TextDraft, FakeLanguageModel]]:
    """Has a model with these answers write about a case; the draft and what the model was asked."""

    def _write(*answers: Answer, case: Case | None = None) -> tuple[TextDraft, FakeLanguageModel]:
        with fake_language_model(*answers) as fake:
            settings.LLM_MODEL, settings.LLM_BASE_URL, settings.LLM_RETRIES = "fake", fake.url, 0
            work = start_draft(case=case or make_case(), purpose=SUMMARY, by=person.actor)
            run_work(work.pk)
        assert LongWork.objects.get(pk=work.pk).state == "done"
        return TextDraft.objects.get(), fake

    return _write
