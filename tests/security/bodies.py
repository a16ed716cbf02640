"""Bodies that an operation could take: out of the OpenAPI document for REST, out of the forms it fills for pages."""

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest
import yaml
from django import forms
from django.conf import settings

Place = tuple[str | int, ...]
_DEEPEST = 6
_BY_FORMAT = {"uuid": "00000000-0000-7000-8000-000000000000", "date": "2026-01-02", "date-time": "2026-01-02T03:04:05Z",
              "email": "a@bank.example", "uri": "https://1.1.1.1/", "decimal": "12.50"}  # fmt: skip
_BY_TYPE: dict[str, Any] = {"integer": 1, "number": 1, "boolean": False, "string": "something"}


@lru_cache
def document() -> dict[str, Any]:
    """The OpenAPI document as committed."""
    read: dict[str, Any] = yaml.safe_load((settings.BASE_DIR / "openapi.yaml").read_text())
    return read


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema behind references; of alternatives the first."""
    if "$ref" in schema:
        return resolved(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    inner = next((schema[name][0] for name in ("allOf", "oneOf", "anyOf") if schema.get(name)), None)
    return resolved(inner) if inner else schema


def sample(schema: Mapping[str, Any], depth: int = 0) -> Any:
    """A value with everything the schema names, each in its simplest form."""
    found = resolved(schema)
    if found.get("enum"):
        return found["enum"][0]
    if "properties" in found and depth < _DEEPEST:
        return {
            name: sample(one, depth + 1)
            for name, one in found["properties"].items()
            if not resolved(one).get("readOnly")
        }
    if found.get("type") == "array":
        return [sample(found["items"], depth + 1)] if depth < _DEEPEST else []
    if found.get("type") == "object":
        return {}
    plain = _BY_FORMAT.get(str(found.get("format")), _BY_TYPE.get(str(found.get("type")), "something"))
    return max(plain, found.get("minimum", plain)) if isinstance(plain, int) and not isinstance(plain, bool) else plain


def places(body: Any, path: Place = ()) -> Iterator[Place]:
    """Where a plain value stands in a body."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    if not isinstance(body, dict | list):
        yield path
    for name, value in inner:
        yield from places(value, (*path, name))


def with_value(body: Any, place: Place, value: object) -> Any:
    """The body with another value in this place."""
    made = copy.deepcopy(body)
    inner = made
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    return made


def poisoned(body: Any, names: Mapping[str, object]) -> Any:
    """The body with these names in every object of it, beside what is there."""
    if isinstance(body, dict):
        return {**names, **{name: poisoned(value, names) for name, value in body.items()}}
    return [poisoned(item, names) for item in body] if isinstance(body, list) else body


@contextmanager
def forms_filled() -> Iterator[list[forms.BaseForm]]:
    """The bound forms that are made meanwhile."""
    made: list[forms.BaseForm] = []
    real = forms.BaseForm.__init__

    def noted(self: forms.BaseForm, *args: Any, **kwargs: Any) -> None:
        real(self, *args, **kwargs)
        if self.is_bound:
            made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms.BaseForm, "__init__", noted)
        yield made


def filled(form: forms.BaseForm) -> dict[str, object]:
    """A value for each field of the form, by its kind."""
    return {form.add_prefix(name): _value_for(form, name, field) for name, field in form.fields.items()}


def _value_for(form: forms.BaseForm, name: str, field: forms.Field) -> object:
    if isinstance(field, forms.ChoiceField):
        chosen = [value for value, _ in forms.Select(choices=field.choices).choices if value]
        return str(chosen[0]) if chosen and not isinstance(chosen[0], list | tuple) else ""
    initial = form.get_initial_for_field(field, name)
    if initial not in (None, "") and not isinstance(initial, list | dict):
        return str(initial)
    usual: list[tuple[type[forms.Field], str]] = [
        (forms.BooleanField, "on"), (forms.DateTimeField, "2026-01-02T03:04"), (forms.DateField, "2026-01-02"),
        (forms.EmailField, "a@bank.example"), (forms.IntegerField, "5"), (forms.SlugField, "something"),
        (forms.UUIDField, _BY_FORMAT["uuid"]),
    ]  # fmt: skip
    return next((value for kind, value in usual if isinstance(field, kind)), "The evidence was examined in full.")
