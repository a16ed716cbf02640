"""Names over REST: one, many, and as clients of yente ask."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from screening.services import import_list
from tests.factories.accounts import make_api_client, make_api_key

pytestmark = pytest.mark.django_db
ROWS = """source_id,schema,name,aliases,birth_dates,countries,programs,topics,remarks
L-1,Person,Viktor Aleksandrovich Morozenko,Wiktor Morosenko,1969-03-14,RU,DEMO,sanction,invented
L-2,Organization,Zarya Northern Shipping OOO,,,RU,DEMO,sanction,
"""


@pytest.fixture
def ask(client: Client, tmp_path: Path) -> Any:
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    import_list(format="internal_csv", path=path, name="Test list", by=make_api_client().actor, kind="sanction")
    _, key = make_api_key()

    def call(method: str, url: str, body: object = None, scheme: str = "Bearer") -> Any:
        told = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(url, **told, headers={"Authorization": f"{scheme} {key}"})

    return call


def test_screen_of_many_names_answers_in_order(ask: Any) -> None:
    queries = [{"query_id": "a", "name": "Jane Citizen"}, {"name": "Viktor Morozenko", "birth_date": "1969-03-14"}]
    results = ask("post", "/api/v1/screen", {"queries": queries}).json()["results"]
    assert [(item["query_id"], len(item["hits"])) for item in results] == [("a", 0), ("2", 1)]
    assert results[1]["hits"][0]["entry"]["source_id"] == "L-1"


@pytest.mark.parametrize(
    "body", [{}, {"queries": []}, {"queries": [{"name": "A"}] * 101}, {"name": "A", "queries": [{"name": "B"}]}]
)
def test_screen_of_none_or_too_many_is_refused(ask: Any, body: dict[str, object]) -> None:
    assert ask("post", "/api/v1/screen", body).status_code in {400, 422}


def test_screen_needs_the_same_number_of_queries_for_one_name_and_for_many(
    ask: Any, django_assert_num_queries: Any
) -> None:
    ask("post", "/api/v1/screen", {"name": "Viktor Morozenko"})
    with django_assert_num_queries(3):
        ask("post", "/api/v1/screen", {"queries": [{"name": "Viktor Morozenko"}] * 20})


@pytest.mark.parametrize("base", ["", "/api/v1"])
def test_match_answers_in_yentes_shape(ask: Any, base: str) -> None:
    person = {
        "schema": "Person",
        "properties": {"name": ["Victor Morozenko"], "birthDate": ["1969-03-14"], "nationality": ["ru"]},
    }
    company = {"schema": "Company", "properties": {"name": "Nordfeld Trading GmbH"}}
    answer = ask("post", f"{base}/match/default?limit=3", {"queries": {"q1": person, "q2": company}}, "ApiKey").json()
    assert set(answer) == {"responses", "matcher", "limit"}
    first = answer["responses"]["q1"]
    assert (first["status"], first["total"], first["query"]["schema"]) == (
        200,
        {"value": 1, "relation": "eq"},
        "Person",
    )
    found = first["results"][0]
    assert (found["id"], found["caption"], found["match"], found["target"]) == (
        "L-1",
        "Viktor Aleksandrovich Morozenko",
        True,
        True,
    )
    assert found["properties"]["birthDate"] == ["1969-03-14"]
    assert (found["datasets"], found["score"] > 0.9, found["features"]["birth date"] > 0) == (["test_list"], True, True)
    assert answer["responses"]["q2"]["results"] == []


def test_match_leaves_out_excluded_entities_before_the_limit(ask: Any) -> None:
    query = {"schema": "Person", "properties": {"name": ["Viktor Aleksandrovich Morozenko"]}}
    url = "/match/sanctions?limit=1&exclude_entity_ids=L-1"
    assert ask("post", url, {"queries": {"q": query}}).json()["responses"]["q"]["results"] == []


def test_match_of_an_unknown_dataset_is_not_found(ask: Any) -> None:
    assert ask("post", "/match/nothing", {"queries": {"q": {"properties": {"name": ["A"]}}}}).status_code == 404


def test_search_answers_in_yentes_shape(ask: Any) -> None:
    answer = ask("get", "/search/default?q=zarya+northern+shipping&limit=5").json()
    assert (answer["limit"], answer["offset"], answer["total"]["value"], answer["facets"]) == (5, 0, 1, {})
    assert answer["results"][0]["schema"] == "Organization"


def test_match_without_a_key_is_refused(client: Client) -> None:
    assert client.post("/match/default", {"queries": {}}, content_type="application/json").status_code == 401
