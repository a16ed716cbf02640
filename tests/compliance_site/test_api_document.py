"""Every operation of the OpenAPI document says what it means and shows its bodies, as its own schema has them."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings
from jsonschema import Draft202012Validator

DOCUMENT = yaml.safe_load((settings.BASE_DIR / "openapi.yaml").read_text())
OPERATIONS = {
    operation["operationId"]: operation
    for path in DOCUMENT["paths"].values()
    for method, operation in path.items()
    if method != "parameters"
}


def _bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for part in (operation.get("requestBody", {}), *answers):
        yield from part.get("content", {}).items()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_means_and_shows_bodies_that_fit(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.get("summary")
    assert len(operation.get("description", "")) >= 40
    for media_type, content in _bodies(operation):
        assert "example" in content or "examples" in content, media_type
        if media_type == "application/json" and "example" in content:
            whole = {**content["schema"], "components": DOCUMENT["components"]}
            faults = [error.message for error in Draft202012Validator(whole).iter_errors(content["example"])]
            assert faults == [], media_type


def _named(value: Any) -> Iterator[tuple[str, Any]]:
    for key, part in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield str(key), part
        yield from _named(part)


def test_no_text_of_an_example_is_but_the_name_of_its_property() -> None:
    empty = {
        key
        for operation in OPERATIONS.values()
        for _, content in _bodies(operation)
        for key, part in _named(content.get("example"))
        if part == key.replace("_", " ")
    }
    assert empty == set(), "give them values in compliance_site/api_examples.yaml"


def test_no_description_is_of_an_operation_that_is_not_there() -> None:
    told = yaml.safe_load((settings.BASE_DIR / "compliance_site" / "api_descriptions.yaml").read_text())
    assert set(told) <= set(OPERATIONS)
