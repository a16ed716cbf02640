"""Definitions in the browser: the list, the editor, drafts nobody overwrites unseen, four eyes, going back, starting by hand."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from core.actor import system_actor
from tests.factories.accounts import make_person
from workflows import services
from workflows.engine.side_by_side import compared
from workflows.enums import VersionState
from workflows.exceptions import AuthorCannotApprove
from workflows.models import Run, Workflow, WorkflowSchedule

pytestmark = pytest.mark.django_db
BY = system_actor("tests")
TEXT = """workflow:
  name: "Edited"
  trigger: manual
  steps:
    - name: "Ask"
      action: await_callback
      with: {what: "the register"}
"""
DAILY = TEXT.replace("trigger: manual", 'trigger: {on: schedule, cron: "0 6 * * *", time_zone: Europe/Lisbon}')


@pytest.fixture
def workflow() -> Workflow:
    return services.publish_workflow(text=TEXT, by=BY).workflow


@pytest.fixture
def author(client: Client) -> User:
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def _save(client: Client, workflow: Workflow, text: str, seen: str = "1.0", **more: str) -> tuple[int, str]:
    told = {"text": text, "seen": seen, "note": "tested", **more}
    answer = client.post(reverse("workflows:workflow_edit", args=[workflow.pk]), told)
    return answer.status_code, answer.content.decode()


def _move(client: Client, workflow: Workflow, number: int, name: str, **told: object) -> int:
    return client.post(reverse(f"workflows:version_{name}", args=[workflow.pk, number]), told).status_code


def _states(workflow: Workflow) -> list[str]:
    return list(workflow.versions.order_by("number").values_list("state", flat=True))


def test_a_text_is_checked_while_it_is_typed(client: Client, workflow: Workflow, author: User) -> None:
    url = reverse("workflows:workflow_check", args=[workflow.pk])
    page = client.post(url, {"text": TEXT.replace("await_callback", "await_calback"), "seen": "1.0"}).content.decode()
    assert "Line 6" in page
    assert "did you mean `await_callback`?" in page
    assert "<svg" not in page
    page = client.post(url, {"text": DAILY, "seen": "1.0"}).content.decode()
    assert "No fault" in page
    assert "schedule 0 6 * * * (Europe/Lisbon)" in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert "saved version 1 while you typed" in client.post(url, {"text": DAILY, "seen": "0.0"}).content.decode()


def test_a_draft_may_have_faults_but_is_not_proposed_with_them(
    client: Client, workflow: Workflow, author: User
) -> None:
    assert _save(client, workflow, TEXT + "    - nonsense\n") == (302, "")
    status, page = _save(client, workflow, TEXT + "    - nonsense\n", "2.0", propose="yes")
    assert status == 422
    assert "- nonsense" in page
    assert _save(client, workflow, TEXT.replace("Edited", "Other"), "2.1", propose="yes")[0] == 422
    assert _states(workflow) == ["active", "draft"]


def test_what_somebody_else_saved_meanwhile_is_shown_beside_and_never_overwritten_unseen(
    client: Client, workflow: Workflow, author: User
) -> None:
    services.save_draft(
        workflow_id=workflow.pk, text=DAILY, seen="1.0", note="", by=make_person(Role.ADMINISTRATOR).actor
    )
    status, page = _save(client, workflow, TEXT.replace("the register", "the court"), "1.0")
    assert status == 409
    assert "the court" in page
    assert 'value="2.0"' in page
    assert workflow.versions.first().text == DAILY
    assert _save(client, workflow, TEXT.replace("the register", "the court"), "2.0")[0] == 302


def test_another_person_approves_and_the_schedule_is_the_new_version_s(
    client: Client, workflow: Workflow, author: User
) -> None:
    _save(client, workflow, DAILY, propose="yes")
    assert _move(client, workflow, 2, "approve", revision=0) == 403
    client.force_login(make_person(Role.REVIEWER))
    assert _move(client, workflow, 2, "approve", revision=0) == 403
    client.force_login(make_person(Role.MLRO))
    assert _move(client, workflow, 2, "approve", revision=7) == 409
    page = client.get(reverse("workflows:version_detail", args=[workflow.pk, 2])).content.decode()
    assert "<ins>" in page
    assert "Approve and make active" in page
    assert _move(client, workflow, 2, "approve", revision=0) == 302
    assert _states(workflow) == ["retired", "active"]
    workflow.refresh_from_db()
    assert workflow.trigger == "schedule"
    assert WorkflowSchedule.objects.filter(workflow=workflow).exists()


def test_a_program_is_no_eye_of_the_four(workflow: Workflow, author: User) -> None:
    draft = services.save_draft(workflow_id=workflow.pk, text=DAILY, seen="1.0", note="", by=author.actor)
    services.propose_version(version_id=draft.pk, by=author.actor)
    with pytest.raises(AuthorCannotApprove):
        services.approve_version(version_id=draft.pk, revision=0, by=BY)


def test_what_waits_is_sent_back_changed_and_given_up(client: Client, workflow: Workflow, author: User) -> None:
    _save(client, workflow, DAILY, propose="yes")
    client.force_login(make_person(Role.MLRO))
    assert _move(client, workflow, 2, "return", reason="at seven, please") == 302
    assert "Sent back" in workflow.versions.first().note
    client.force_login(author)
    _save(client, workflow, DAILY.replace("0 6", "0 7"), "2.0", propose="yes")
    _save(client, workflow, DAILY.replace("0 6", "0 8"), "2.1")
    assert _states(workflow) == ["active", "draft"]
    assert _move(client, workflow, 2, "discard", reason="no more") == 302
    assert _states(workflow) == ["active", "discarded"]
    assert _save(client, workflow, DAILY, "2.2")[0] == 302
    assert _states(workflow) == ["active", "discarded", "draft"]


def test_an_earlier_text_is_proposed_anew(client: Client, workflow: Workflow, author: User) -> None:
    services.publish_workflow(text=DAILY, by=BY)
    assert _move(client, workflow, 1, "roll_back", reason="it was better") == 302
    newest = workflow.versions.first()
    assert (newest.number, newest.text, newest.state) == (3, TEXT, VersionState.PROPOSED)
    assert _move(client, workflow, 2, "roll_back", reason="or not") == 409


def test_a_new_workflow_starts_nothing_before_it_is_approved_and_then_by_hand(client: Client, author: User) -> None:
    client.post(reverse("workflows:workflow_new"), {"name": "Fresh"})
    fresh = Workflow.objects.get(name="Fresh")
    assert (
        "There is a workflow of this name"
        in client.post(reverse("workflows:workflow_new"), {"name": "fresh"}).content.decode()
    )
    start = reverse("workflows:workflow_start", args=[fresh.pk])
    assert client.post(start).status_code == 404
    _save(client, fresh, TEXT.replace("Edited", "Fresh"), propose="yes")
    client.force_login(make_person(Role.ADMINISTRATOR))
    assert _move(client, fresh, 1, "approve", revision=1) == 302
    assert client.post(start, {"about": "CASE-NONE"}).status_code == 404
    client.post(start)
    assert Run.objects.get().version.workflow == fresh


def test_a_text_over_rest_waits_for_another_person_too(client: Client, workflow: Workflow, author: User) -> None:
    answer = client.post("/api/v1/workflows", {"text": DAILY}, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "proposed")
    assert client.post("/api/v1/workflows", {"text": TEXT}, content_type="application/json").status_code == 409
    assert _states(workflow) == ["active", "proposed"]


def test_who_may_not_edit_sees_texts_and_changes_nothing(client: Client, workflow: Workflow) -> None:
    client.force_login(make_person(Role.ANALYST))
    for name, arguments in (
        ("workflow_list", []),
        ("workflow_detail", [workflow.pk]),
        ("version_detail", [workflow.pk, 1]),
    ):
        page = client.get(reverse(f"workflows:{name}", args=arguments))
        assert page.status_code == 200
        assert "/edit/" not in page.content.decode()
    assert client.get(reverse("workflows:workflow_edit", args=[workflow.pk])).status_code == 403
    assert client.get(reverse("workflows:workflow_new")).status_code == 403
    for name in ("propose", "approve", "return", "discard", "roll_back"):
        assert _move(client, workflow, 1, name, reason="x") == 403
    assert client.get(reverse("workflows:version_detail", args=[workflow.pk, 9])).status_code == 404


def test_the_list_takes_as_many_queries_for_many_workflows(
    client: Client, author: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        services.publish_workflow(text=DAILY.replace("Edited", f"Edited {number}"), by=BY)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("workflows:workflow_list")).content.decode()
    assert page.count("schedule") >= 8


def test_two_texts_stand_beside_each_other_line_by_line() -> None:
    rows = compared("a\nb\nc\n" + "same\n" * 9 + "z", "a\nB\nc\nd\n" + "same\n" * 9 + "z")
    kinds = [row.kind for row in rows]
    assert kinds[:4] == ["same", "changed", "same", "added"]
    assert (kinds[-1], rows[-1].hidden) == ("gap", 7)
    assert compared("a", "a") == []
