"""A narrative drafted by a language model: which is told nothing of a report, and whose draft nobody else may see."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.enums import Role
from ai.models import AiCall
from audit.models import AuditEntry
from cases.assist.purposes import SUMMARY
from cases.assist.services import start_draft
from cases.filings.models import Filing
from cases.filings.services import write_narrative
from cases.models import TextDraft
from notifications.models import Notification
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.filings import make_filing
from tests.fakes.language_model import FakeLanguageModel, fake_language_model
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "Jane Citizen (born 7 June 1984) is a customer of this institution."


@pytest.fixture
def filing() -> Filing:
    return make_filing(make_case())


@pytest.fixture
def drafted(settings: Settings, filing: Filing) -> tuple[TextDraft, FakeLanguageModel]:
    """A narrative and, by a colleague who may not know, a summary: both by the model."""
    mlro, analyst = make_person(Role.MLRO), make_person(Role.ANALYST)
    answer = json.dumps({"sentences": [{"text": LINE, "evidence": [1]}]})
    with fake_language_model(answer) as fake:
        settings.LLM_MODEL, settings.LLM_BASE_URL, settings.LLM_RETRIES = "fake", fake.url, 0
        run_work(write_narrative(filing_id=filing.pk, by=mlro.actor).pk)
        run_work(start_draft(case=filing.case, purpose=SUMMARY, by=analyst.actor).pk)
    return TextDraft.objects.get(purpose="narrative"), fake


def _signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


def test_a_draft_is_taken_into_the_report_with_its_citations(drafted: Any, filing: Filing) -> None:
    draft, client = drafted[0], _signed_in(Role.MLRO)
    assert draft.lines[0] == {"text": f"{LINE} [1]", "faults": [], "by": "model"}
    assert LINE.encode() in client.get(reverse("cases:draft_detail", args=[draft.pk])).content
    told = client.post(reverse("filings:narrative_take", args=[filing.pk]), {"draft": draft.pk, "text": f"{LINE} [1]"})
    assert told.status_code == 302
    filing.refresh_from_db()
    narrative = filing.data["narrative"]
    assert narrative["text"].startswith(f"{LINE} [1]")
    assert [row["kind"] for row in narrative["citations"]][:1] == ["subject"]
    draft.refresh_from_db()
    assert draft.kept_share == 100


def test_a_mark_that_stands_for_nothing_is_refused(drafted: Any, filing: Filing) -> None:
    before, client = filing.data["narrative"], _signed_in(Role.MLRO)
    url = reverse("filings:narrative_take", args=[filing.pk])
    page = client.post(url, {"draft": drafted[0].pk, "text": "Odd [99]"}, follow=True)
    assert b"[99] is no evidence of this draft" in page.content
    filing.refresh_from_db()
    assert filing.data["narrative"] == before


def test_no_prompt_tells_of_a_report(drafted: Any, filing: Filing) -> None:
    asked = json.dumps(drafted[1].requests).lower()
    secrets = ("suspicious activity report", "narrative", "file_sar", "report-", "sar", "str", "fincen", "goaml")
    words = asked.replace("_", " ").replace('"', " ").split()
    assert not [secret for secret in secrets if secret in words]
    assert filing.number.lower() not in asked


def test_nothing_that_others_see_of_the_writing_tells_what_it_was_for(drafted: Any, filing: Filing) -> None:
    works = LongWork.objects.values("kind", "title", "stage")
    assert works.distinct().count() == 1
    assert AiCall.objects.values("purpose", "prompt_version").distinct().count() == 1
    told = [
        *LongWork.objects.values_list("inputs", "result", "result_url"),
        *Notification.objects.values_list("text", "url"),
    ]
    entries = AuditEntry.objects.filter(object_type="work")
    seen = json.dumps([*told, *(bytes(body).decode() for body in entries.values_list("body", flat=True))], default=str)
    assert "narrative" not in seen
    assert str(filing.pk) not in seen


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_a_draft_of_a_narrative_is_not_there_for_whoever_may_not_know(drafted: Any, filing: Filing, role: Role) -> None:
    client, draft = _signed_in(role), drafted[0]
    assert client.get(reverse("cases:draft_detail", args=[draft.pk])).status_code in {403, 404}
    kept = client.post(reverse("cases:assist_keep", args=[filing.case_id]), {"draft": draft.pk, "text": "x"})
    assert kept.status_code in {403, 404}


def test_the_template_drafts_as_before_where_no_model_is_set_up(filing: Filing) -> None:
    client = _signed_in(Role.MLRO)
    page = client.get(reverse("filings:section_edit", args=[filing.pk, "narrative"])).content
    assert b"drafts are the template" in page
