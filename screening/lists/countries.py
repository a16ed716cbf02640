"""Country names as lists print them, as ISO 3166-1 alpha-2 codes."""

from functools import lru_cache

import pycountry

_ALSO = {
    "russia": "RU", "iran": "IR", "syria": "SY", "burma": "MM", "korea, north": "KP", "north korea": "KP",
    "korea, south": "KR", "south korea": "KR", "venezuela": "VE", "bolivia": "BO", "tanzania": "TZ", "moldova": "MD",
    "democratic republic of the congo": "CD", "congo, democratic republic of the": "CD", "cote d ivoire": "CI",
    "west bank": "PS", "palestinian": "PS", "state of palestine": "PS", "united kingdom": "GB", "turkey": "TR",
    "vietnam": "VN", "laos": "LA", "taiwan": "TW", "kosovo": "XK", "czech republic": "CZ", "macau": "MO",
    "congo, republic of the": "CG", "the gambia": "GM", "bahamas, the": "BS", "region: crimea": "UA",
    "democratic people's republic of korea": "KP", "iran (islamic republic of)": "IR", "syrian arab republic": "SY",
    "russian federation": "RU", "republic of korea": "KR",
}  # fmt: skip


@lru_cache(maxsize=1024)
def country_code(name: str) -> str:
    """The code of a country's name or code; an empty text where it names none."""
    told = name.strip().lower().rstrip(".")
    if told in _ALSO:
        return _ALSO[told]
    try:
        return str(pycountry.countries.lookup(told).alpha_2)
    except LookupError:
        return ""
