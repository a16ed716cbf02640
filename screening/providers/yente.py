"""Any service that speaks yente's `POST /match/{dataset}`: OpenSanctions' own, a self-hosted one, or another Probity."""

from screening.lists.base import ListedParty
from screening.providers.base import Answer, Asked, Found, Post, ProviderAnswerInvalid, texts


def ask_yente(asked: Asked, post: Post) -> Answer:
    """Matches of one party. `mapping`: `dataset` (default `default`), `algorithm`. Raises ProviderAnswerInvalid."""
    facts = asked.query.facts
    told = {
        "name": asked.query.names, "birthDate": facts.birth_dates, "country": facts.countries,
        "idNumber": facts.id_numbers, "gender": texts(facts.gender),
    }  # fmt: skip
    query = {"schema": facts.schema, "properties": {name: list(values) for name, values in told.items() if values}}
    answer = post(f"match/{asked.mapping.get('dataset', 'default')}", {"queries": {"party": query}})
    try:
        results = answer["responses"]["party"]["results"]
        return [Found(_party(item), float(item["score"])) for item in results if item.get("match", True)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProviderAnswerInvalid("the answer is not of yente's shape") from error


def _party(item: dict[str, object]) -> ListedParty:
    told = item["properties"]
    if not isinstance(told, dict):
        raise TypeError

    def values(*names: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for name in names for text in texts(told.get(name, []))))

    return ListedParty(
        source_id=str(item["id"])[:120], schema=str(item["schema"]), name=str(item.get("caption") or values("name")[0])[:500],
        aliases=values("name", "alias"), weak_aliases=values("weakAlias"), birth_dates=values("birthDate"),
        countries=tuple(code.upper() for code in values("nationality", "country")), id_numbers=values("idNumber", "passportNumber"),
        programs=values("program"), topics=values("topics"), positions=values("position"),
        referents=texts(item.get("referents", [])),
    )  # fmt: skip
