"""Countries (ISO 3166-1) and states of the United States (ISO 3166-2)."""

from typing import Any

import pycountry

_countries: Any = pycountry.countries
_subdivisions: Any = pycountry.subdivisions


def is_country(code: str) -> bool:
    """True for an alpha-2 code."""
    return _countries.get(alpha_2=code) is not None


def is_state(code: str) -> bool:
    """True for the two letters of a state or territory of the United States."""
    return _subdivisions.get(code=f"US-{code.upper()}") is not None
