"""What the OpenAPI document says beside what the code does: of each operation what it means, and an example of each body.

An example is made from the schema itself, with values by the names of properties, so that it cannot contradict it and a new
operation has one; what an operation means and refuses, where its docstring does not say it, stands in `api_descriptions.yaml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Schema = dict[str, Any]
_HERE = Path(__file__).parent
_ID = "0193a5c2-8f1e-7c31-9d55-0a1b2c3d4e5f"
_BY_FORMAT = {
    "uuid": _ID, "date": "2026-11-02", "date-time": "2026-11-02T09:30:00Z", "email": "jane@example.com",
    "uri": "https://bank.example/hooks/probity", "binary": "(the file)", "decimal": "0.92",
}  # fmt: skip
_DEPTH = 8  # an organisation owned by an organisation: an example need not go on for ever


@cache
def _told(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_HERE / f"{name}.yaml").read_text())
    return found


def add_words(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of drf-spectacular: descriptions, and an example for every body that has none."""
    schemas = result["components"]["schemas"]
    asked: dict[str, Any] = _told("api_examples")["requests"]
    for operation in _operations(result):
        if told := _told("api_descriptions").get(operation["operationId"]):
            operation["description"] = told
        if operation["operationId"] in asked:
            operation["requestBody"]["content"]["application/json"]["example"] = asked[operation["operationId"]]
        for media_type, content in _bodies(operation):
            if "schema" in content and "example" not in content:
                content["example"] = _body(media_type, content["schema"], schemas)
    return result


def _operations(result: dict[str, Any]) -> Iterator[Schema]:
    for path in result["paths"].values():
        yield from (operation for method, operation in path.items() if method != "parameters")


def _bodies(operation: Schema) -> Iterator[tuple[str, Schema]]:
    yield from operation.get("requestBody", {}).get("content", {}).items()
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            yield from answer.get("content", {}).items()


def _body(media_type: str, schema: Schema, schemas: dict[str, Schema]) -> Any:
    texts: dict[str, str] = _told("api_examples")["media_types"]
    is_text = schema.get("type") == "string" or media_type not in {"application/json", "multipart/form-data"}
    return texts[media_type] if is_text and media_type in texts else example_of(schema, schemas)


def example_of(schema: Schema, schemas: dict[str, Schema], name: str = "", depth: int = 0) -> Any:
    """A value that fits the schema; `name` is that of the property it is for."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, name, depth + 1)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return example_of(next(one for one in schema[several] if one.get("enum") != [None]), schemas, name, depth)
    if "example" in schema or schema.get("enum"):
        return schema.get("example") or next((value for value in schema["enum"] if value), schema["enum"][0])
    if schema.get("type") == "object" and "properties" in schema:
        return {key: example_of(part, schemas, key, depth) for key, part in schema["properties"].items()}
    if schema.get("type") == "array" or ("type" not in schema and name in _told("api_examples")["arrays"]):
        return _array(schema, schemas, name, depth)
    return _scalar(schema, name)


def _array(schema: Schema, schemas: dict[str, Schema], name: str, depth: int) -> list[Any]:
    known = _told("api_examples")["arrays"]
    if (
        name in known
        and schema.get("items", {}).get("type", "string") == "string"
        and "$ref" not in schema.get("items", {})
    ):
        return list(known[name])
    if depth > _DEPTH:
        return []
    return [example_of(schema.get("items", {}), schemas, name, depth + 1)] * max(1, schema.get("minItems", 0))


def _scalar(schema: Schema, name: str) -> Any:
    kind = schema.get("type", "object")
    known = _told("api_examples").get(kind, {})
    if name in known and re.search(schema.get("pattern", ""), str(known[name])):
        return known[name]
    if kind == "string":
        text = _BY_FORMAT.get(
            schema.get("format", ""), "structuring" if "pattern" in schema else name.replace("_", " ")
        )
        return text[: schema["maxLength"]] if "maxLength" in schema else text
    return {"integer": max(1, schema.get("minimum", 1)), "number": 0.92, "boolean": True}.get(kind, {})
