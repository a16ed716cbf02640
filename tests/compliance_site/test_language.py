"""In which language somebody is answered, and what stays in English."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from core.clock import now, today
from core.language import in_english
from notifications.models import Preferences
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def person() -> User:
    return make_person()


def test_browser_that_asks_for_german_is_answered_in_german(client: Client) -> None:
    page = client.get(reverse("accounts:login"), headers=GERMAN)
    assert page["Content-Language"] == "de"
    assert 'lang="de" dir="ltr"' in page.content.decode()


def test_language_that_is_not_offered_becomes_english(client: Client) -> None:
    assert client.get(reverse("accounts:login"), headers={"Accept-Language": "fi"})["Content-Language"] == "en"


def test_choice_on_the_sign_in_page_beats_the_browser(client: Client) -> None:
    client.post(reverse("language_choose"), {"language": "en", "next": "/accounts/login/"})
    assert client.get(reverse("accounts:login"), headers=GERMAN)["Content-Language"] == "en"


def test_choice_of_a_person_is_kept_for_their_next_sign_in(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(reverse("language_choose"), {"language": "de", "next": reverse("accounts:account_detail")})
    elsewhere = Client()
    elsewhere.force_login(person)
    assert elsewhere.get(reverse("accounts:account_detail"))["Content-Language"] == "de"


def test_choosing_a_language_leaves_the_other_preferences(client: Client, person: User) -> None:
    Preferences.objects.create(person=person, time_zone="Europe/Vienna", digest_hour=6)
    client.force_login(person)
    client.post(reverse("language_choose"), {"language": "de"})
    wish = Preferences.objects.get(person=person)
    assert (wish.language, wish.time_zone, wish.digest_hour) == ("de", "Europe/Vienna", 6)


def test_unknown_language_is_not_found(client: Client) -> None:
    assert client.post(reverse("language_choose"), {"language": "tlh"}).status_code == 404


def test_nobody_is_led_to_another_site(client: Client) -> None:
    answer = client.post(reverse("language_choose"), {"language": "de", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_what_is_kept_for_others_is_english_and_in_the_time_of_the_house() -> None:
    with translation.override("de"), timezone.override("Asia/Tokyo"), in_english():
        assert translation.get_language() == "en"
        assert timezone.get_current_timezone_name() == "UTC"


def test_today_is_the_day_of_the_house_whatever_zone_a_person_reads_in() -> None:
    with timezone.override("Pacific/Kiritimati"):
        assert today() == now().date()


def test_texts_of_django_itself_are_german_too() -> None:
    with translation.override("de"):
        assert gettext("Enter a valid value.") == "Bitte einen gültigen Wert eingeben."


def test_libraries_address_people_formally_as_the_product_does() -> None:
    with translation.override("de"):
        assert gettext("You must type the same password each time.").startswith("Bitte geben Sie")
