"""Any REST service that takes one party as JSON and gives a list: where what stands is the provider's mapping.

path: search                       # below the provider's address
body: {name: names, dob: birth_dates, country: countries}   # key of the body: fact of the query
results: data.hits                 # where the list is
fields: {source_id: id, name: full_name, aliases: aka, birth_dates: dob, score: score}
whole: 100                         # the score that means certainty
"""

from typing import Any

from screening.lists.base import ListedParty
from screening.providers.base import Answer, Asked, Found, Post, ProviderAnswerInvalid, at, texts

_MANY = ("aliases", "birth_dates", "countries", "id_numbers", "programs")


def ask_rest(asked: Asked, post: Post) -> Answer:
    """Matches of one party, as the mapping reads them. Raises ProviderAnswerInvalid."""
    mapping, facts = asked.mapping, vars(asked.query.facts) | {"names": asked.query.names}
    body = {key: _plain(facts.get(fact)) for key, fact in mapping.get("body", {"name": "names"}).items()}
    answer = post(str(mapping.get("path", "")), body)
    results = at(answer, str(mapping.get("results", "")))
    if not isinstance(results, list):
        raise ProviderAnswerInvalid("there is no list of results where the mapping says")
    try:
        return [_found(item, mapping) for item in results]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ProviderAnswerInvalid("a result has no id, no name or no score") from error


def _plain(value: Any) -> Any:
    """One value by itself, several as a list."""
    told = list(value) if isinstance(value, tuple) else value
    return told[0] if isinstance(told, list) and len(told) == 1 else told


def _found(item: dict[str, Any], mapping: Any) -> Found:
    fields = mapping["fields"]
    many: dict[str, Any] = {name: texts(at(item, fields[name])) for name in _MANY if name in fields}
    party = ListedParty(
        source_id=texts(at(item, fields["source_id"]))[0][:120], schema=str(at(item, fields.get("schema", "")) or "LegalEntity")
        if "schema" in fields else "", name=texts(at(item, fields["name"]))[0][:500], **many,
    )  # fmt: skip
    return Found(party, float(at(item, fields["score"])) / float(mapping.get("whole", 1)))
