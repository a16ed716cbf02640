"""The plan of the house, checked: contracts, sizes, the OpenAPI document."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.db import connection

HOME = Path(__file__).resolve().parent.parent
APPS = ("accounts", "ai", "audit", "cases", "compliance_site", "core", "customers", "documents", "monitoring",
        "notifications", "reporting", "screening", "workflows")  # fmt: skip
FILES = [path for app in APPS for path in (HOME / app).rglob("*.py") if "migrations" not in path.parts]


def test_import_contracts_are_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_file_and_its_functions_are_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    long = [
        node.name for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 50
    ]  # fmt: skip
    assert not long


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the ranges of integers in it are those of SQLite, as committed"
)
@pytest.mark.django_db
def test_openapi_document_is_what_the_code_says(tmp_path: Path) -> None:
    from django.core.management import call_command

    call_command("spectacular", file=str(tmp_path / "openapi.yaml"), validate=True, fail_on_warn=True)
    assert yaml.safe_load((tmp_path / "openapi.yaml").read_text()) == yaml.safe_load(
        (HOME / "openapi.yaml").read_text()
    )
