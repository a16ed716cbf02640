"""Who may do what: every URL and method × everybody × a thing that is there and one that is not, as `matrix.csv` says.

The outcomes are a file that people review: `make matrix` writes it anew, and the difference is read before it is committed.
`may` is any answer but a refusal or an error of ours; bodies are empty, so a permitted change is asked for what is missing. What a page shows is
not looked at: templates are not rendered. Pages know no API keys, which one test says for all of them.
"""

import csv
import os
import re
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.http import HttpResponseBase

from tests.security.operations import Operation, operations
from tests.security.world import EVERYBODY, PROGRAMS, World

FILE = Path(__file__).with_name("matrix.csv")
IS_WRITTEN = "PROBITY_WRITE_MATRIX" in os.environ
_REFUSALS = {401, 403, 404, 405}
_FIELDS = ("operation", "object", *EVERYBODY)


def _outcome(answer: HttpResponseBase) -> str:
    status = answer.status_code
    if status == 302 and answer["Location"].startswith("/accounts/login/"):
        return "login"
    return str(status) if status in _REFUSALS or status == 500 else "may"


def _rows(world: World) -> list[dict[str, str]]:
    """A thing that is not there is asked for by those alone who may ask: the others are refused before anything is looked for."""
    rows = []
    for operation in operations():
        asking = [who for who in EVERYBODY if operation.is_rest or who not in PROGRAMS]
        for is_there in (True, False)[: 1 + operation.has_key]:
            told = {who: _outcome(world.answer(who, operation, is_there=is_there)) for who in asking}
            named = ("there" if is_there else "none") if operation.has_key else "-"
            rows.append({"operation": f"{operation.method} /{operation.pattern}", "object": named} | told)
            asking = [who for who, outcome in told.items() if outcome in {"may", "404"}]
    return rows


def _reviewed() -> list[dict[str, str]]:
    with FILE.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_everybody_may_what_the_reviewed_file_says(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(world)
    if IS_WRITTEN:
        with FILE.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, _FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    with capsys.disabled():
        requests = sum(len(row) - 2 for row in rows)
        sys.stdout.write(
            f"\npermission matrix: {len(set(operations()))} operations, {len(rows)} rows, {requests} requests\n"
        )
    found = [{name: row.get(name, "") for name in _FIELDS} for row in rows]
    known = {(row["operation"], row["object"]): row for row in _reviewed()}
    others = [row for row in found if known.get((row["operation"], row["object"])) != row]
    assert others == [], "not as reviewed: run `make matrix`, read the difference, commit it"
    assert [key for key in known if key not in {(row["operation"], row["object"]) for row in found}] == []


def test_no_answer_of_the_reviewed_file_is_an_error_of_ours() -> None:
    assert [row for row in _reviewed() if any(row[who].startswith("5") for who in EVERYBODY)] == []


def test_nobody_may_what_is_not_public() -> None:
    open_to_all = {row["operation"].split("/")[1] for row in _reviewed() if row["nobody"] == "may"}
    assert open_to_all == {"accounts", "api", "healthz", "information", "livez"}


def test_another_programs_things_are_not_there() -> None:
    """Where a program may see its own thing, another with the same scopes is answered as for what does not exist."""
    theirs = [row for row in _reviewed() if row["object"] == "there" and row["own"] == "may"]
    assert len(theirs) >= 10
    assert [row["operation"] for row in theirs if row["other"] != "404"] == []


def test_every_operation_of_the_openapi_document_is_in_the_file() -> None:
    document = yaml.safe_load((settings.BASE_DIR / "openapi.yaml").read_text())
    described = {
        f"{method.upper()} {blank(path)}"
        for path, item in document["paths"].items()
        for method in item
        if method in _METHODS
    }
    assert described <= {blank(row["operation"]) for row in _reviewed()}


def test_pages_know_no_api_keys(world: World) -> None:
    assert world.answer("own", Operation("GET", "cases/"), is_there=True).status_code == 302


_METHODS = {"get", "post", "put", "patch", "delete"}
_PARTS = re.compile(r"<[^>]*>|\{[^}]*\}|[^<{]+")


def blank(path: str) -> str:
    """The path with its places alike, as the URL map writes them and as OpenAPI does."""
    return "".join("{}" if part[0] in "<{" else part for part in _PARTS.findall(path))
