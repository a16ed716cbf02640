"""Named lists with a day they are in force from, on pages and by REST, drafted by programs and put in force by people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.clock import now, today
from core.exceptions import InvalidInput
from core.permissions import Permission
from monitoring.enums import ListMove, ListState
from monitoring.exceptions import MoveNotAllowed
from monitoring.list_values import read_values
from monitoring.models import Finding, RuleList, RuleListVersion
from monitoring.selectors import named_lists, rule_lists
from monitoring.services import (
    assess_pending,
    change_list_draft,
    create_list,
    draft_list,
    ensure_shipped_lists,
    move_list_version,
)
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_definition, make_transaction, publish

pytestmark = pytest.mark.django_db
NAME = "fatf_call_for_action"
URL = f"/api/v1/rule-lists/{NAME}"


@pytest.fixture
def people():
    return make_person(Role.ADMINISTRATOR), make_person(Role.MLRO)


@pytest.fixture
def shipped():
    ensure_shipped_lists()
    found = RuleList.objects.get(name=NAME)
    found.versions.update(live_from=now() - timedelta(days=90))
    return found


def _approved(shipped, people, text, day):
    ann, bob = people
    values = read_values(text, "countries")
    version = draft_list(list_id=shipped.pk, values=values, in_force_from=day, by=ann.actor)
    move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    return move_list_version(version_id=version.pk, move=ListMove.APPROVE, by=bob.actor)


def _key(*scopes):
    return make_api_key(make_api_client(scopes=list(scopes)))[1]


def test_version_counts_from_its_day_on_though_it_was_approved_later(shipped, people):
    publish(make_definition("high_risk_geography"))
    version = _approved(shipped, people, "BY", today() - timedelta(days=10))
    assert version.is_in_force
    former = shipped.versions.get(number=1)
    assert (former.standing, former.live_until) == ("replaced", version.live_from)
    customer = make_customer()
    for days, country in ((30, "BY"), (29, "KP"), (5, "BY"), (4, "KP")):
        moment = (now() - timedelta(days=days)).isoformat()
        make_transaction(customer, counterparty_country=country, booked_at=moment)
    assess_pending(customer.pk)
    fired = Finding.objects.values_list("transaction__counterparty_country", "transaction__booked_at")
    assert {(country, (now() - at).days) for country, at in fired} == {("KP", 29), ("BY", 5)}


def test_version_approved_ahead_judges_nothing_before_its_day_and_can_be_taken_back(shipped, people):
    version = _approved(shipped, people, "BY", today() + timedelta(days=9))
    told = named_lists()[NAME]
    assert (version.standing, shipped.versions.get(number=1).standing) == ("approved ahead", "in force")
    assert "BY" not in told.newest.values
    assert told.at(now() + timedelta(days=11)).values == ("BY",)
    assert rule_lists().get(name=NAME).live_number == 1
    move_list_version(version_id=version.pk, move=ListMove.WITHDRAW, by=people[1].actor)
    assert [(item.number, item.state) for item in shipped.versions.all()] == [(2, "draft"), (1, "live")]
    assert len(named_lists()[NAME].editions) == 1
    with pytest.raises(MoveNotAllowed):
        move_list_version(
            version_id=shipped.versions.get(number=1).pk, move=ListMove.WITHDRAW, by=people[1].actor
        )  # fmt: skip


def test_version_cannot_begin_before_the_one_it_follows(shipped, people):
    with pytest.raises(InvalidInput, match="begin later"):
        _approved(shipped, people, "BY", today() - timedelta(days=91))


def test_program_drafts_a_list_and_people_put_it_in_force(client, people, shipped):
    key = _key(Permission.SCENARIO_VIEW, Permission.RULE_LIST_EDIT)
    program = {"headers": {"Authorization": f"Bearer {key}"}, "content_type": "application/json"}
    made = client.post(
        "/api/v1/rule-lists",
        {"name": "mules", "title": "Mules", "purpose": "Told by the police", "entries": [{"value": "DE1"}]}, **program,
    )  # fmt: skip
    assert (made.status_code, made.json()["versions"][0]["state"]) == (201, "draft")
    drafted = client.post(f"{URL}/versions", {"entries": [{"value": "Belarus", "note": "own"}]}, **program)
    assert (drafted.status_code, drafted.json()["number"]) == (201, 2)
    wrong = client.patch(f"{URL}/versions/2", {"add": [{"value": "Atlantis"}]}, **program)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/add/0/value")
    day = (today() - timedelta(days=3)).isoformat()
    change = {"add": [{"value": "KP"}], "remove": ["BY"], "in_force_from": day}
    assert client.patch(f"{URL}/versions/2", change, **program).json()["in_force_from"] == day
    assert client.patch(f"{URL}/versions/2", {"add": []}, **program).json()["in_force_from"] == day
    assert client.post(f"{URL}/versions/2/move", {"move": "propose"}, **program).status_code == 403
    ann, bob = people
    client.force_login(ann)
    person = {"content_type": "application/json"}
    assert client.post(f"{URL}/versions/2/move", {"move": "approve"}, **person).status_code == 422
    client.post(f"{URL}/versions/2/move", {"move": "propose"}, **person)
    client.force_login(bob)
    told = client.post(f"{URL}/versions/2/answer", {"move": "approve"}, **person).json()
    assert (told["state"], told["is_in_force"], told["live_from"][:10]) == (ListState.LIVE, True, day)
    assert named_lists()[NAME].newest.values == ("KP",)
    changed = AuditEntry.objects.filter(action="monitoring.list_changed", object_id=str(shipped.pk))
    assert changed.count() == 2


def test_program_without_the_scope_writes_no_list(client, shipped):
    key = _key(Permission.SCENARIO_VIEW)
    answer = client.post(
        f"{URL}/versions", {}, headers={"Authorization": f"Bearer {key}"}, content_type="application/json"
    )
    assert answer.status_code == 403


def test_officer_sets_the_day_on_the_page(client, shipped, people):
    client.force_login(people[0])
    client.post(reverse("monitoring:rule_list_draft", args=[NAME]))
    day = reverse("monitoring:rule_list_day", args=[NAME, 2])
    early = (today() - timedelta(days=200)).isoformat()
    assert client.post(day, {"in_force_from": early}).status_code == 422
    wanted = (today() + timedelta(days=5)).isoformat()
    assert client.post(day, {"in_force_from": wanted}).status_code == 302
    page = client.get(reverse("monitoring:rule_list_detail", args=[NAME]) + "?version=2").content.decode()
    assert f"wanted in force from {wanted}" in page


def test_first_version_of_a_list_may_lie_behind(people):
    ann, bob = people
    day = today() - timedelta(days=400)
    version = create_list(
        name="own", title="Own", holds="texts", purpose="x", values=read_values("a", "texts"), in_force_from=day, by=ann.actor
    )  # fmt: skip
    change_list_draft(
        version_id=version.pk, added=read_values("b", "texts"), removed=["a"], in_force_from=day, by=ann.actor
    )
    move_list_version(version_id=version.pk, move=ListMove.PROPOSE, by=ann.actor)
    move_list_version(version_id=version.pk, move=ListMove.APPROVE, by=bob.actor)
    assert RuleListVersion.objects.get(pk=version.pk).live_from < now() - timedelta(days=399)
    assert named_lists()["own"].newest.values == ("b",)
