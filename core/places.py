"""Countries, and their names. No Django here: engines use it."""

from functools import lru_cache

import pycountry
from babel import Locale, UnknownLocaleError

_ALPHA_2 = 2


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return {code: name for code, name in locale.territories.items() if len(code) == _ALPHA_2}


@lru_cache(maxsize=8)
def _in_english() -> dict[str, str]:
    return {name: code for code, name in _names("en").items()}


def countries_in(text: str, language: str) -> str:
    """Countries of a stored sentence, by name or by code and divided by commas, in another language; what is none stays."""
    return ", ".join(country_name(_in_english().get(one, one), language) or one for one in text.split(", "))


def country_name(code: str, language: str = "en") -> str:
    """The name of an ISO 3166-1 alpha-2 code as people say it (Unicode CLDR); empty for a code that is none."""
    return _names(language).get(code.upper(), "") if len(code) == _ALPHA_2 else ""


@lru_cache(maxsize=1000)
def is_country(code: str) -> bool:
    """Whether it is an alpha-2 code of ISO 3166-1, or Kosovo's: user-assigned there, in use by the EU, the IMF and SWIFT."""
    return code.upper() == "XK" or (len(code) == _ALPHA_2 and pycountry.countries.get(alpha_2=code) is not None)
