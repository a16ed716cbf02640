"""A past alert, hit or rating comes out the same; what was changed since is named."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from core.exceptions import NotFound
from customers.models import RatingFactor, RiskRating
from customers.risk.evidence import RiskEvidence
from customers.services import rate_customer
from monitoring.models import Finding
from monitoring.services import keep_model, keep_scores
from monitoring.services.ranking import NewScore, Seen
from reporting.replaying import REPLAYS
from screening.models import Hit
from screening.services import screen_customer
from tests.factories.accounts import make_api_client, make_person
from tests.factories.cases import make_list
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_alert, make_transaction
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db


def _rating() -> RiskRating:
    return rate_customer(customer=make_customer(), evidence=RiskEvidence(open_hits=1, open_alerts=1), by=SYSTEM)


def test_an_alert_comes_out_the_same_whatever_arrived_since() -> None:
    alert = make_alert()
    make_transaction(alert.customer)
    made = REPLAYS["alert"].replay(make_person(Role.ANALYST), alert.pk)
    assert (made.same, made.rests_on) == (True, {"firings judged again": alert.findings.count()})


def test_an_alert_whose_words_were_changed_is_named() -> None:
    alert = make_alert()
    Finding.objects.filter(alert=alert).update(sentence="something else")
    made = REPLAYS["alert"].replay(make_person(Role.ANALYST), alert.pk)
    assert len(made.differences) == alert.findings.count()
    assert "it said “something else”" in made.differences[0]


def test_a_hit_comes_out_the_same(tmp_path: Path) -> None:
    make_list(tmp_path, "Jane Citizen")
    customer = make_customer()
    screen_customer(customer=customer, by=SYSTEM)
    made = REPLAYS["hit"].replay(make_person(Role.ANALYST), Hit.objects.get(customer=customer).pk)
    assert (made.same, made.rests_on["the same engine"]) == (True, True)


def test_a_score_kept_without_its_columns_says_so_and_is_not_there_for_a_program() -> None:
    alert, person = make_alert(), make_person(Role.ADMINISTRATOR)
    version = keep_model(domain="finance", content=b"x", checksum="c", manifest={}, metrics={}, by=person.actor)
    new = NewScore(0.7, 99.1, 90.0, True, {}, transaction_id=alert.findings.all()[0].transaction_id)
    keep_scores(version_id=version.pk, scores=[new], seen=Seen(1), by=person.actor)
    score = version.scores.get()
    made = REPLAYS["score"].replay(person, score.pk)
    assert "cannot be computed again" in made.differences[0]
    with pytest.raises(NotFound):
        REPLAYS["score"].replay(make_api_client(), score.pk)


def test_a_rating_adds_up_again_and_a_changed_factor_is_named() -> None:
    rating = _rating()
    person = make_person(Role.ANALYST)
    assert REPLAYS["rating"].replay(person, rating.pk).same
    RatingFactor.objects.filter(rating=rating, code="screening").update(points=0)
    assert any("Factor screening" in told for told in REPLAYS["rating"].replay(person, rating.pk).differences)


def test_the_button_and_the_command_say_identical(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    rating = _rating()
    client.force_login(make_person(Role.ANALYST))
    assert client.post(reverse("reporting:replay_start", args=["rating", rating.pk])).status_code == 302
    work = LongWork.objects.get(kind="replay")
    run_work(work.pk)
    work.refresh_from_db()
    assert work.result["result"] == "identical"
    call_command("replay", "rating", str(rating.pk))
    assert "identical" in capsys.readouterr().out
