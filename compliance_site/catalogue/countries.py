"""Names of countries in other languages, for choices and sentences that name them in English: from Unicode, not from people here."""

from babel import Locale
from babel.messages.catalog import Catalog

from core.places import country_name


def with_countries(catalogue: Catalog, language: str) -> Catalog:
    """The catalogue with the names that `core.places` gives; a text of our own goes before."""
    for code in map(str, Locale("en").territories):
        name, told = country_name(code), country_name(code, language)
        if name and told != name and catalogue.get(name) is None:
            catalogue.add(name, told)
    return catalogue
