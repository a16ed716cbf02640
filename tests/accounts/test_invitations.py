"""A new person sets their own password by a link that is good once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts import selectors, services
from accounts.enums import PersonState, Role
from accounts.exceptions import AlreadyArrived, InvitationNotValid, NeverArrived, RoleRefused
from accounts.models import Invitation, SignInPolicy, SignInTally, User
from accounts.sign_in import mailing
from audit.models import AuditEntry
from core.clock import now
from tests.factories.accounts import PASSWORD, make_person

pytestmark = pytest.mark.django_db
TYPED = {"username": "newcomer", "full_name": "Nora Newcomer", "role": "analyst", "email": "nora@bank.example"}
CHOSEN = {"password": "a phrase of her own 7", "again": "a phrase of her own 7"}


@pytest.fixture
def keeper(client: Client) -> User:
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


@pytest.fixture
def invitation(keeper: User) -> Invitation:
    return services.invite_person(**TYPED, by=keeper.actor)


def _link(invitation: Invitation) -> str:
    return selectors.invitation_path(invitation)


def test_without_mail_the_link_is_shown_once_and_sets_the_password_once(client: Client, keeper: User) -> None:
    answer = client.post("/accounts/people/", TYPED)
    assert answer["Cache-Control"] == "no-store"
    link = re.search(r"data-invitation-link>http://testserver([^<]+)<", answer.content.decode())
    assert link
    person, hers = User.objects.get(username="newcomer"), Client()
    assert "data-invitation-link" not in client.get(f"/accounts/people/{person.pk}/").content.decode()
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert "newcomer" in hers.get(link[1]).content.decode()
    assert hers.post(link[1], CHOSEN).status_code == 302
    assert hers.get("/accounts/me/").status_code == 200
    assert Client().post(link[1], CHOSEN | {"password": "another phrase 8"}).status_code == 404
    assert Client().login(username="newcomer", password=CHOSEN["password"])
    actions = set(AuditEntry.objects.filter(object_id=str(person.pk)).values_list("action", flat=True))
    assert {"accounts.person_invited", "accounts.invitation_accepted", "accounts.signed_in"} <= actions


def test_with_mail_the_link_goes_to_the_person_and_to_nobody_else(
    client: Client, keeper: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example", "https://probity.example"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/accounts/people/", TYPED, follow=True).content.decode()
    mailing._sender.submit(int).result()
    link = _link(Invitation.objects.get())
    assert [message.to for message in mail.outbox] == [["nora@bank.example"]]
    assert f"https://probity.example{link}" in mail.outbox[0].body
    assert link not in page
    assert not AuditEntry.objects.filter(body__contains=link.encode()).exists()


def test_what_is_weak_or_not_the_same_twice_leaves_the_link_good(invitation: Invitation) -> None:
    hers = Client()
    for typed in ({"password": "short", "again": "short"}, CHOSEN | {"again": "a phrase of her own 8"}):
        assert hers.post(_link(invitation), typed).status_code == 422
    assert hers.post(_link(invitation), CHOSEN).status_code == 302


def test_a_role_that_needs_a_second_factor_is_led_to_setting_one_up(invitation: Invitation) -> None:
    since = now().isoformat()
    SignInPolicy.objects.create(second_factor={"analyst": since}, grace_days=0)
    hers = Client()
    assert hers.post(_link(invitation), CHOSEN)["Location"] == "/accounts/me/security/"
    assert hers.get("/cases/")["Location"] == "/accounts/me/security/"


def test_a_link_ends_with_its_days_another_link_a_withdrawal_and_another_address(
    client: Client, keeper: User, invitation: Invitation
) -> None:
    person, place = invitation.person, f"/accounts/people/{invitation.person_id}/"
    client.post(f"{place}invitation/")
    latest = Invitation.objects.get(withdrawn_at=None)
    assert [Client().get(_link(one)).status_code for one in (invitation, latest)] == [404, 200]
    client.post(f"{place}invitation/withdraw/", {})
    assert Client().get(_link(latest)).status_code == 200
    client.post(f"{place}invitation/withdraw/", {"reason": "she went elsewhere"})
    assert Client().get(_link(latest)).status_code == 404
    again = services.invite_again(person_id=person.pk, by=keeper.actor)
    services.change_email(person_id=person.pk, email="n@bank.example", reason="mistyped", by=keeper.actor)
    assert Client().get(_link(again)).status_code == 404
    late = services.invite_again(person_id=person.pk, by=keeper.actor)
    Invitation.objects.filter(pk=late.pk).update(expires_at=now() - timedelta(seconds=1))
    assert Client().get(_link(late)).status_code == 404
    with pytest.raises(InvitationNotValid):
        selectors.invitation_for_token("made:up")


def test_whoever_is_invited_can_do_nothing_and_stands_for_nobody(invitation: Invitation, keeper: User) -> None:
    with pytest.raises(NeverArrived):
        services.enable_person(person_id=invitation.person_id, reason="x", by=keeper.actor)
    services.disable_person(person_id=invitation.person_id, reason="not coming", by=keeper.actor)
    assert Client().post(_link(invitation), CHOSEN).status_code == 404
    with pytest.raises(AlreadyArrived):
        services.invite_again(person_id=make_person().pk, by=keeper.actor)
    with pytest.raises(RoleRefused):
        services.invite_person(
            **TYPED | {"username": "x", "email": "", "role": "administrator"}, by=make_person().actor
        )


def test_the_list_says_who_is_active_locked_invited_and_gone(
    client: Client, keeper: User, invitation: Invitation
) -> None:
    locked, gone = make_person(), make_person(is_active=False)
    tally = {"subject": str(locked.pk), "address": "192.0.2.1", "locked_until": now() + timedelta(minutes=5)}
    SignInTally.objects.create(person=locked, **tally)
    found = {person.username: person.state for person in selectors.people_with_states()}
    assert found == {
        keeper.username: PersonState.ACTIVE, locked.username: PersonState.LOCKED, gone.username: PersonState.ENDED,
        "newcomer": PersonState.INVITED,
    }  # fmt: skip
    page = client.get("/accounts/people/?state=invited").content.decode()
    assert "Nora Newcomer" in page
    assert f">{locked.username}<" not in page
    services.accept_invitation(token=_link(invitation).split("/")[3], password=PASSWORD)
    assert selectors.person_state(User.objects.get(username="newcomer")) == PersonState.ACTIVE
