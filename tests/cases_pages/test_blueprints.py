"""Pages of what administrators set."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from cases.models import Blueprint, DecisionPolicy, Queue, ReasonCode
from cases.selectors import blueprints_in_force
from cases.services import ensure_case_configuration
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    ensure_case_configuration()
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def _as_sent(client: Client, url: str) -> dict[str, object]:
    """What the browser would send of the page as it is."""
    context = client.get(url).context
    sent: dict[str, object] = {}
    forms = [context["form"]] if context.get("form") else []
    if context.get("rows") is not None:
        forms += [context["rows"].management_form, *context["rows"].forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = "on" if value is True else value
    return sent


@pytest.mark.parametrize("kind", ["calendars", "deadlines", "priority", "checklists", "assignment"])
def test_a_blueprint_published_as_it_is_stays_as_it_is(client: Client, administrator: User, kind: str) -> None:
    url = f"/cases/blueprints/{kind}/"
    before = blueprints_in_force()
    assert client.post(url, _as_sent(client, url)).status_code == 302
    row = Blueprint.objects.get(kind=kind, in_force=True)
    assert (row.number, row.published_by) == (2, administrator.actor.name)
    assert getattr(blueprints_in_force(), kind) == getattr(before, kind)
    assert AuditEntry.objects.filter(action="cases.blueprint_published", actor_id=str(administrator.pk)).exists()


def test_the_decision_policy_published_as_it_is_stays_as_it_is(client: Client, administrator: User) -> None:
    before = DecisionPolicy.objects.get().rules
    url = "/cases/blueprints/four-eyes/"
    assert client.post(url, _as_sent(client, url)).status_code == 302
    after = DecisionPolicy.objects.get(number=2).rules
    assert after["approver_roles"] == before["approver_roles"]
    assert [row["eyes"] for row in after["four_eyes"]] == [row["eyes"] for row in before["four_eyes"]]


def test_faults_say_in_which_row_they_are(client: Client, administrator: User) -> None:
    url = "/cases/blueprints/calendars/"
    answer = client.post(url, _as_sent(client, url) | {"row-1-time_zone": "Middle/Earth", "row-0-monday": "9 to 5"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "row 1, hours, monday" in page
    assert "row 2, time zone: “Middle/Earth” is no time zone" in page


def test_fewer_eyes_for_an_approval_are_refused(client: Client, administrator: User) -> None:
    url = "/cases/blueprints/four-eyes/"
    answer = client.post(url, _as_sent(client, url) | {"row-3-eyes": "none"})
    assert "fewer than four eyes are only for a dismissal" in answer.content.decode()


def test_the_weights_are_shown_as_a_formula(client: Client, administrator: User) -> None:
    url = "/cases/blueprints/priority/"
    client.post(url, _as_sent(client, url) | {"weight_risk": "100", "weight_deadline": "100"})
    assert "100 · (0.45 · risk + 0.45 · deadline" in client.get("/cases/blueprints/").content.decode()


def test_a_queue_gets_a_team(client: Client, administrator: User) -> None:
    person = make_person()
    told = {"name": "Night", "sla_hours": 8, "calendar": "always", f"member_{person.pk}": "on", f"cap_{person.pk}": 3}
    client.post("/cases/blueprints/queues/new/", told)
    queue = Queue.objects.get(name="Night")
    assert list(queue.memberships.values_list("person", "cap")) == [(person.pk, 3)]
    answer = client.post(f"/cases/blueprints/queues/{queue.pk}/", told | {"name": "Onboarding"})
    assert "is the name of another queue" in answer.content.decode()


def test_a_reason_to_dismiss_says_as_what_it_closes_alerts(client: Client, administrator: User) -> None:
    told = {"code": "tested", "sentence": "A test", "kinds": ["dismiss"], "is_active": "on"}
    assert client.post("/cases/blueprints/reasons/new/", told).status_code == 422
    client.post(
        "/cases/blueprints/reasons/new/", told | {"alert_disposition": "explained", "alert_reason": "usual_business"}
    )
    reason = ReasonCode.objects.get(code="tested")
    client.post(f"/cases/blueprints/reasons/{reason.pk}/", {"sentence": "Other", "kinds": ["approve"]})
    reason.refresh_from_db()
    assert (reason.code, reason.sentence, reason.is_active) == ("tested", "Other", False)


def test_an_analyst_sets_nothing(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/cases/blueprints/priority/").status_code == 403
