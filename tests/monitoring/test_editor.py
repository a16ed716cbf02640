"""The editor's pages: one tree as blocks and text, faults where they belong, what an edit would have done."""

import json

import pytest
from django.urls import reverse

from accounts.enums import Role
from monitoring.models import ScenarioVersion
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_definition, make_transaction, publish

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def editor(client):
    """The test client with an administrator signed in."""
    client.force_login(make_person(Role.ADMINISTRATOR))
    return client


@pytest.fixture
def version():
    return publish(make_definition("high_risk_geography"))


def _opened(client, version):
    """What the editor's page posts back: its state."""
    page = client.get(reverse("monitoring:scenario_edit", args=[version.scenario_id, version.number]))
    return {"state": page.context["state"], "scenario": str(version.scenario_id)}


def _changed(client, form, **typed):
    answer = client.post(reverse("monitoring:scenario_change"), form | typed, headers=HTMX)
    return answer, form | {"state": answer.context["state"]} if answer.context else form


def test_editing_a_block_changes_the_text(editor, version):
    form = _opened(editor, version)
    answer, _ = _changed(editor, form, **{"p:least": "750"})
    assert json.loads(answer.context["state"])["values"]["parameters"]["least"] == 750
    assert answer["HX-Trigger-After-Settle"] == "edited"


def test_editing_the_text_changes_the_blocks(editor, version):
    answer, _ = _changed(editor, _opened(editor, version), text='amount >= 12345 and direction == "out"')
    page = answer.content.decode()
    assert 'value="12345"' in page
    assert 'value="out"' in page


def test_a_wrong_operand_is_told_beneath_it_and_put_right_by_one_click(editor, version):
    form = _opened(editor, version)
    answer, form = _changed(editor, form, text="amont >= 3")
    page = answer.content.decode()
    assert "`amont` is not a field" in page
    assert 'value="put /rule/all/0/compare/0 amount"' in page
    answer, _ = _changed(editor, form, do="put /rule/all/0/compare/0 amount")
    assert json.loads(answer.context["state"])["values"]["rule"] == {"all": [{"compare": ["amount", ">=", 3]}]}


def test_what_cannot_be_read_stays_as_it_was_typed(editor, version):
    answer, form = _changed(editor, _opened(editor, version), text="amount >= (3")
    assert "amount &gt;= (3</textarea>" in answer.content.decode()
    answer, _ = _changed(editor, form, title="Another title", text="amount >= (3")
    assert "amount &gt;= (3</textarea>" in answer.content.decode()
    assert not ScenarioVersion.objects.filter(number=2).exists()


def test_trial_counts_hits_and_near_misses(editor, version):
    for amount in ("2000.00", "800.00"):
        make_transaction(make_customer(), counterparty_country="SY", amount=amount)
    answer = editor.post(reverse("monitoring:scenario_trial"), _opened(editor, version), headers=HTMX)
    trial = answer.context["trial"]
    assert (trial.periods[0].alerts, len(trial.hits)) == (1, 1)
    assert [round(row.lacks, 2) for row in trial.near] == [0.2]
    assert [point.alerts for point in answer.context["answer"].points][-1] == 1


def test_trial_of_a_rule_with_faults_waits(editor, version):
    form = _opened(editor, version) | {"state": _opened(editor, version)["state"].replace('"amount"', '"amont"')}
    assert b"The result waits" in editor.post(reverse("monitoring:scenario_trial"), form, headers=HTMX).content


def test_saving_drafts_another_version(editor, version):
    answer, _ = _changed(editor, _opened(editor, version), save="1", title="Renamed")
    made = ScenarioVersion.objects.get(scenario=version.scenario_id, number=2)
    assert (made.state, made.definition["title"]) == ("draft", "Renamed")
    assert f"/scenarios/{version.scenario_id}/?version=2" in answer["HX-Redirect"]


def test_a_new_scenario_does_not_take_a_known_short_name(editor, version):
    state = editor.get(reverse("monitoring:scenario_new")).context["state"]
    answer, _ = _changed(
        editor, {"state": state}, code="high_risk_geography", title="T", typology="t", rationale="r", save="1"
    )
    assert "another scenario&#x27;s short name" in answer.content.decode()


def test_a_state_that_the_editor_did_not_make_is_refused(editor):
    for state in ("", "{}", "[1]", '{"values": {}, "unread": {}}'):
        answer = editor.post(reverse("monitoring:scenario_change"), {"state": state}, headers=HTMX)
        assert answer.status_code == 422


def test_editor_of_an_analyst_is_refused(client, version):
    client.force_login(make_person())
    assert client.get(reverse("monitoring:scenario_edit", args=[version.scenario_id, 1])).status_code == 403
