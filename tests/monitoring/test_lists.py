"""Named lists: filled, approved by another person, in force from then on, and shown on pages and in REST."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.clock import now
from monitoring.enums import ListMove, ListState
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.list_values import read_values
from monitoring.models import Finding, RuleList, RuleListVersion
from monitoring.selectors import definition_of, named_lists, scenarios_looking_into
from monitoring.services import (
    add_entries,
    assess_pending,
    create_list,
    draft_list,
    ensure_shipped_lists,
    move_list_version,
    remove_entries,
)
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_definition, make_transaction, publish

pytestmark = pytest.mark.django_db
NAME = "fatf_call_for_action"


@pytest.fixture
def ann():
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def bob():
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def shipped(ann):
    ensure_shipped_lists()
    return RuleList.objects.get(name=NAME)


def _draft(shipped, person):
    return draft_list(list_id=shipped.pk, by=person.actor)


def _in_force(version, ann, bob):
    move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    return move_list_version(version_id=version.pk, move=ListMove.APPROVE, by=bob.actor)


def _with(version, text, person, holds="countries"):
    return add_entries(version_id=version.pk, values=read_values(text, holds), by=person.actor)


def test_shipped_lists_are_in_force_once(shipped):
    ensure_shipped_lists()
    version = shipped.versions.get()
    assert version.state == ListState.LIVE
    assert set(version.entries.values_list("value", flat=True)) == {"IR", "KP", "MM"}


def test_draft_is_not_in_force_before_another_person_approves(shipped, ann, bob):
    version = _draft(shipped, ann)
    _with(version, "BY,own assessment", ann)
    move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    with pytest.raises(ProposerCannotApprove):
        move_list_version(version_id=version.pk, move=ListMove.APPROVE, by=ann.actor)
    assert "BY" not in named_lists()[NAME].newest.values
    move_list_version(version_id=version.pk, move=ListMove.APPROVE, by=bob.actor)
    assert "BY" in named_lists()[NAME].newest.values
    assert AuditEntry.objects.filter(action="monitoring.list_moved", object_id=str(shipped.pk)).count() == 3


def test_what_is_in_force_or_proposed_cannot_be_changed(shipped, ann):
    live = shipped.versions.get()
    with pytest.raises(MoveNotAllowed):
        _with(live, "BY", ann)
    version = _draft(shipped, ann)
    with pytest.raises(MoveNotAllowed):
        _draft(shipped, ann)
    move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    with pytest.raises(MoveNotAllowed):
        remove_entries(version_id=version.pk, entries=[version.entries.first().pk], by=ann.actor)


def test_discarding_the_only_version_takes_the_list_too(ann):
    version = create_list(name="own", title="Own", holds="texts", purpose="x", source="", by=ann.actor)
    with pytest.raises(MoveNotAllowed):
        move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    move_list_version(version_id=version.pk, move=ListMove.DISCARD, by=ann.actor)
    assert not RuleList.objects.filter(name="own").exists()


def test_transaction_is_judged_by_the_version_of_its_time(shipped, ann, bob):
    publish(make_definition("high_risk_geography"))
    shipped.versions.update(live_from=now() - timedelta(days=90))
    version = _draft(shipped, ann)
    _with(version, "BY", ann)
    _in_force(version, ann, bob)
    RuleListVersion.objects.filter(pk=version.pk).update(live_from=now() - timedelta(days=10))
    customer = make_customer()
    for days in (30, 5):
        make_transaction(customer, counterparty_country="BY", booked_at=(now() - timedelta(days=days)).isoformat())
    assess_pending(customer.pk)
    finding = Finding.objects.get()
    assert finding.transaction.booked_at > now() - timedelta(days=10)
    assert [f"list {NAME}", "version 2"] in finding.trace[1]["values"]


def test_version_stores_no_list_and_tells_who_looks_into_it(shipped):
    version = publish(make_definition("high_risk_geography"))
    assert "lists" not in version.definition
    assert definition_of(version).lists.keys() == {NAME, "fatf_increased_monitoring"}
    assert [row.pk for _, row in scenarios_looking_into(NAME)] == [version.pk]


@pytest.mark.parametrize(
    ("text", "entries", "refused"),
    [
        ("code,note\nprk,why\nIran\n", {"KP": "why", "IR": ""}, []),
        ("KP\nXX\n", {"KP": ""}, [2]),
        ('KP;"a, b"\n', {"KP": "a, b"}, []),
    ],
)
def test_pasted_countries_are_kept_by_code(text, entries, refused):
    read = read_values(text, "countries")
    assert read.entries == entries
    assert [line for line, _ in read.refused] == refused


def test_officer_changes_a_list_in_the_browser(client, shipped, ann, bob):
    client.force_login(ann)
    detail = reverse("monitoring:rule_list_detail", args=[NAME])
    assert client.post(reverse("monitoring:rule_list_draft", args=[NAME])).url == f"{detail}?version=2"
    add = reverse("monitoring:rule_list_add", args=[NAME, 2])
    assert client.post(add, {"values": "Atlantis"}).status_code == 422
    assert client.post(add, {"values": "Belarus,own assessment"}).status_code == 302
    gone = shipped.versions.get(number=2).entries.get(value="MM")
    client.post(reverse("monitoring:rule_list_remove", args=[NAME, 2]), {"entry": [str(gone.pk)]})
    page = client.get(f"{detail}?version=2").content.decode()
    assert '<ins class="list-change">BY</ins>' in page
    assert '<del class="list-change">MM</del>' in page
    client.post(reverse("monitoring:rule_list_move", args=[NAME, 2, "propose"]))
    client.force_login(bob)
    client.post(reverse("monitoring:rule_list_answer", args=[NAME, 2, "approve"]))
    assert shipped.versions.get(number=2).state == ListState.LIVE


def test_search_of_entries_finds_by_value_and_note(client, shipped, ann):
    client.force_login(ann)
    page = client.post(reverse("monitoring:rule_list_detail", args=[NAME]), {"query": "kp"})
    assert [entry.value for entry in page.context["page"]] == ["KP"]


def test_analyst_sees_lists_and_changes_none(client, shipped):
    client.force_login(make_person(Role.ANALYST))
    assert client.get(reverse("monitoring:rule_list_list")).status_code == 200
    assert client.post(reverse("monitoring:rule_list_draft", args=[NAME])).status_code == 403
    assert client.post(reverse("monitoring:rule_list_answer", args=[NAME, 1, "approve"])).status_code == 403


def test_rest_gives_lists_versions_and_entries(client, shipped, ann):
    client.force_login(ann)
    assert NAME in [item["name"] for item in client.get("/api/v1/rule-lists").json()["results"]]
    told = client.get(f"/api/v1/rule-lists/{NAME}").json()
    assert [(item["number"], item["state"]) for item in told["versions"]] == [(1, "live")]
    entries = client.get(f"/api/v1/rule-lists/{NAME}/entries").json()["results"]
    assert {"value": "KP", "note": ""} in entries
    assert client.get("/api/v1/rule-lists/none/entries").status_code == 404


@pytest.mark.parametrize("entries", [[None], [{"value": "KP", "note": 0}], [[]], [{"value": 7}]])
def test_rest_refuses_entries_that_are_none(client, shipped, ann, entries):
    client.force_login(ann)
    told = {"entries": entries}
    answer = client.post(f"/api/v1/rule-lists/{NAME}/versions", told, content_type="application/json")
    assert answer.status_code == 422


def test_editor_offers_lists_and_takes_one(client, shipped, ann):
    client.force_login(ann)
    version = publish(make_definition("high_risk_geography"))
    page = client.get(reverse("monitoring:scenario_edit", args=[version.scenario_id, version.number]))
    assert "list high_risk_countries" in [choice.value for choice in page.context["view"].choices["lists"]]
    form = {"state": page.context["state"], "scenario": str(version.scenario_id)}
    typed = form | {"l:/rule/any/0/in_list/1": "list high_risk_countries"}
    answer = client.post(reverse("monitoring:scenario_change"), typed, headers={"HX-Request": "true"})
    assert "counterparty_country in list high_risk_countries" in answer.context["view"].text.value
    wrong = form | {"l:/rule/any/0/in_list/1": "list high_risk_country"}
    answer = client.post(reverse("monitoring:scenario_change"), wrong, headers={"HX-Request": "true"})
    assert "did you mean `list high_risk_countries`?" in answer.content.decode()
