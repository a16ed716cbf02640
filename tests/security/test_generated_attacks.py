"""Attacks that nobody wrote by hand: another owner's id wherever an id can be put, and fields that nobody offered.

REST bodies come from the OpenAPI document, those of pages from the forms that each address fills when it is asked. What
is written is read off the statements that reach the database, so no table and no column can be forgotten.
"""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import connection

from cases.models import Case
from monitoring.models import Transaction
from tests.security.bodies import Place, document, filled, forms_filled, places, poisoned, sample, with_value
from tests.security.operations import Operation, operations
from tests.security.test_matrix import FILE, blank
from tests.security.world import PEOPLE, World

_OURS = {"accounts", "ai", "audit", "cases", "customers", "documents", "monitoring", "notifications", "reporting",
         "screening", "workflows"}  # fmt: skip
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH moved)", re.IGNORECASE)
# A row that was refused stays as it came, in the delivery of whoever sent it; so does what the record tells of it.
KEEPS_WHAT_CAME = re.compile(r"monitoring_rejectedline|audit_", re.IGNORECASE)
_POISON = "poison7f3a91c2"
_FOREIGN_NAME = "Jane Citizen"


@contextmanager
def written_by() -> Iterator[list[tuple[str, str]]]:
    """Every statement that writes, with its values."""
    found: list[tuple[str, str]] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _WRITES.match(sql):
            found.append((sql, repr(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        yield found


def _rest() -> Iterator[tuple[Operation, dict[str, Any], Any]]:
    """(operation, its description, a JSON body or None) of everything in the OpenAPI document."""
    by_path = {blank(f"{one.method} /{one.pattern}"): one for one in operations() if one.is_rest}
    for path, item in document()["paths"].items():
        for method, told in item.items():
            operation = by_path.get(blank(f"{method.upper()} {path}"))
            if operation:
                content = told.get("requestBody", {}).get("content", {}).get("application/json")
                yield operation, told, sample(content["schema"]) if content else None


def _is_id(name: object) -> bool:
    return bool(re.search(r"(^|_)(ids?|customer|case|queue|document|transaction|alert|hit)$", str(name)))


def _theirs(world: World) -> list[str]:
    """Ids of what the program `own` sent, and the names it gave them itself."""
    case = Case.objects.select_related("customer").order_by("created_at")[0]
    starts = ("api/v1/alerts/", "api/v1/documents/", "api/v1/hits/", "api/v1/submissions/", "api/v1/runs/",
              "api/v1/webhooks/", "api/v1/webhooks/deliveries/")  # fmt: skip
    moved = Transaction.objects.filter(customer=case.customer)[0]
    return [str(case.pk), str(case.customer_id), case.customer.external_id, moved.external_id, str(moved.pk),
            *(str(world.keys[start]) for start in starts)]  # fmt: skip


def test_another_programs_ids_in_bodies_and_queries_are_never_used(world: World) -> None:
    """Whatever id stands wherever an id can stand: nothing of the other program is told or written."""
    theirs, tried = _theirs(world), 0
    touched = [str(UUID(key)) for key in theirs if len(key) == len(str(UUID(int=0)))]
    for operation, told, body in _rest():
        queries = [
            item["name"] for item in told.get("parameters", []) if item["in"] == "query" and _is_id(item["name"])
        ]
        spots: list[Place] = [place for place in places(body) if place and _is_id(place[-1])] if body else []
        for key in theirs:
            asked = [("", urlencode({name: key})) for name in queries]
            asked += [(json.dumps(with_value(body, place, key)), "") for place in spots]
            for sent, query in asked:
                with written_by() as written:
                    answer = world.answer("other", operation, is_there=True, body=sent, query=query)
                tried += 1
                said = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
                assert answer.status_code < 500, (operation, sent, query)
                assert _FOREIGN_NAME.encode() not in said, (operation, sent, query)
                changed = [
                    sql
                    for sql, values in written
                    if any(one.replace("-", "") in values.replace("-", "") for one in touched)
                ]
                assert [sql for sql in changed if not KEEPS_WHAT_CAME.search(sql)] == [], (operation, sent)
    assert tried > 100


def offered(world: World, who: str, operation: Operation) -> dict[str, object]:
    """What the forms of a page take, found out by sending it nothing it knows."""
    with forms_filled() as made:
        world.answer(who, operation, is_there=True, body="nothing=1")
    return {name: value for form in made for name, value in filled(form).items()}


def _who_may() -> Iterator[tuple[str, Operation]]:
    """Every operation that changes something, with the first who may ask for it on a thing that is there."""
    with FILE.open(newline="") as stream:
        rows = {row["operation"]: row for row in csv.DictReader(stream) if row["object"] != "none"}
    for operation in operations():
        row = rows.get(f"{operation.method} /{operation.pattern}", {})
        who = next((one for one in (*map(str, PEOPLE), "own") if row.get(one) == "may"), "")
        if who and operation.method != "GET":
            yield who, operation


def _unoffered(known: set[str]) -> dict[str, object]:
    """A value for every column of every table that is none of these names."""
    columns = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    return dict.fromkeys(sorted(columns | {"by", "actor", "role", "user", "organisation"} - known), _POISON)


def _named(body: Any) -> set[str]:
    return {str(name) for place in places(body) for name in place} if body else set()


@pytest.mark.parametrize("number", range(4))
def test_fields_that_nobody_offered_reach_no_table(world: World, number: int) -> None:
    """Every column's name in every body, at every level: no statement that writes holds what they were given."""
    bodies = {operation: body for operation, _, body in _rest()}
    taken = []
    for who, operation in list(_who_may())[number::4]:
        if operation.is_rest:
            body = bodies.get(operation)
            known = _named(body)
            sent = json.dumps(poisoned(body if body is not None else {}, _unoffered(known)))
        else:
            taken_here = offered(world, who, operation)
            known = {name.rpartition("-")[2] for name in taken_here} | FORM_NAMES
            sent = urlencode({**_unoffered(known), **taken_here})
        with written_by() as written:
            answer = world.answer(who, operation, is_there=True, body=sent)
        assert answer.status_code < 500, (operation, answer.status_code)
        taken += [
            (operation, sql[:120]) for sql, values in written if _POISON in values and not KEEPS_WHAT_CAME.search(sql)
        ]
    assert not taken, "\n".join(f"{operation.method} {operation.pattern}: {sql}" for operation, sql in taken)


def _declared(kind: type[forms.BaseForm]) -> set[str]:
    own = set(getattr(kind, "base_fields", {}))
    return own.union(*(_declared(one) for one in kind.__subclasses__()))


_READ = re.compile(r"request\.POST(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"")
FORM_NAMES = _declared(forms.BaseForm).union(
    *(_READ.findall(path.read_text()) for app in _OURS for path in (settings.BASE_DIR / app).rglob("views/*.py")),
    *(_READ.findall(path.read_text()) for app in _OURS for path in (settings.BASE_DIR / app).rglob("views.py")),
)


def test_every_form_and_serializer_over_a_table_lists_its_fields() -> None:
    """None says `__all__` or leaves out what it thinks of: a new column is never writable by being there."""
    from rest_framework.serializers import ModelSerializer

    kinds = [*_below(forms.ModelForm), *_below(ModelSerializer)]
    ours = [kind for kind in kinds if kind.__module__.partition(".")[0] in _OURS and hasattr(kind, "Meta")]
    assert [kind for kind in ours if not isinstance(kind.Meta.fields, tuple | list)] == []  # type: ignore[attr-defined]
    assert not {"is_staff", "is_superuser", "role", "password"} & {name for kind in ours for name in kind.Meta.fields}  # type: ignore[attr-defined]


def _below(kind: type[Any]) -> list[type[Any]]:
    return [one for child in kind.__subclasses__() for one in (child, *_below(child))]
