"""In which language and time zone somebody is answered; what is kept for others stays in English and the house's time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from core.places import country_name
from core.retelling import filled, retold, word
from core.words import Said

_LANGUAGE, _TIME_ZONE = "language", "time_zone"


class LanguageMiddleware:
    """A person's own choice, then the cookie of the sign-in page, then what the browser asks for, then English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = request.session if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
        language = kept.get(_LANGUAGE)
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language_from_request(request)
        zone = ZoneInfo(kept.get(_TIME_ZONE) or settings.TIME_ZONE)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response


def remember_choice(request: HttpRequest, *, language: str, time_zone: str) -> None:
    """Keeps in the session what the person chose, so that no request has to look it up."""
    request.session[_LANGUAGE] = language
    request.session[_TIME_ZONE] = time_zone


@contextmanager
def in_english() -> Iterator[None]:
    """For what goes on the record, into evidence and into reports: one language and one time zone for all who read it."""
    with translation.override("en"), timezone.override(timezone.get_default_timezone()):
        yield


def country_in_words(code: str) -> str:
    """The country of an ISO code in the reader's language; what is no code stays as it is."""
    return country_name(code, translation.get_language() or "en") or code


def code_in_words(code: str) -> str:
    """A code such as `date_of_birth` or `trade_finance` in the reader's language; in English, and where the catalogue has
    no word for it, its own small letters. What is no code (`IBAN`, "Private banking") keeps its letters."""
    return word(code.replace("_", " ").strip())


def in_words(text: Any) -> Any:
    """What English code said, in the reader's language: a fixed text, or a sentence with values, fresh or out of a row.

    A sentence made by `core.words.said` knows its pattern; one that was stored is matched against the catalogue's patterns.
    Values are put in as they are, for they may be somebody's name, unless they were `said` themselves or are numbers or dates.
    """
    language = translation.get_language()
    if not isinstance(text, str) or not text or language is None:
        return text
    if isinstance(text, Said):
        if language == settings.LANGUAGE_CODE:
            return str(text)
        values = {name: in_words(value) if isinstance(value, Said) else value for name, value in text.values.items()}
        return filled(text.pattern, values)
    told = translation.gettext(text)
    return told if told != text or language == settings.LANGUAGE_CODE else retold(text, language)
