"""`manage.py write_configuration`: docs/guide/configuration.md out of the settings themselves; `--check` only compares."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

_KINDS = {
    "text": "text", "flag": "true or false", "number": "number", "words": "a, b, …", "numbered": "2:value,3:value",
    "pairs": "name=value,…", "json_object": "JSON object", "secret": "secret", "key_ring": "id:secret,…",
}  # fmt: skip
_HEADING = re.compile(r"# --- (?P<title>.+?)\s*-*$")
_TARGET = "docs/guide/configuration.md"
_HEAD = """# Configuration

Everything is set by environment variables; nothing set gives the embedded installation on SQLite. `manage.py
write_configuration` writes this page out of the settings; `make check` holds that it is up to date. A secret that is not
set is made on first use under `keys/` in the data folder. Prometheus' client reads a variable of its own
(`PROMETHEUS_MULTIPROC_DIR`, docs/guide/operating.md).
"""


@dataclass(frozen=True)
class Variable:
    """One variable: its form, what it is without being set, where it goes, and the comment beside it."""

    name: str
    kind: str
    default: str
    setting: str
    comment: str


class Command(BaseCommand):
    help = "Writes the reference of every environment variable."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail where the page is out of date instead of writing it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / _TARGET
        sources = sorted((Path(settings.BASE_DIR) / "compliance_site").glob("*settings.py"))
        page = configuration_page([source.read_text() for source in sources])
        if not options["check"]:
            path.write_text(page)
        elif not path.exists() or path.read_text() != page:
            raise CommandError(f"{_TARGET} is out of date: manage.py write_configuration")


def configuration_page(sources: list[str]) -> str:
    """The page for the settings in `sources`."""
    parts = [_HEAD]
    for title, variables in (section for source in sources for section in _sections(source)):
        parts.append(f"\n## {title}\n| variable | form | unset | setting | |\n| --- | --- | --- | --- | --- |\n")
        parts += [
            f"| `{one.name}` | {one.kind} | {one.default} | `{one.setting}` | {one.comment} |\n" for one in variables
        ]
    return "".join(parts)


def _sections(source: str) -> Iterator[tuple[str, list[Variable]]]:
    lines = source.splitlines()
    headings = [(number, match["title"]) for number, line in enumerate(lines, 1) if (match := _HEADING.match(line))]
    variables = list(_variables(source, lines))
    for (start, title), (end, _) in zip(
        [(0, "Installation"), *headings], [*headings, (len(lines) + 1, "")], strict=True
    ):
        if found := [variable for line, variable in variables if start <= line < end]:
            yield title.partition(":")[0].strip(), found


def _variables(source: str, lines: list[str]) -> Iterator[tuple[int, Variable]]:
    seen: set[str] = set()
    for statement in ast.parse(source).body:
        for call in ast.walk(statement):
            if (name := _read_by(call)) and name not in seen:
                seen.add(name)
                yield statement.lineno, _variable(name, call, statement, lines)


def _read_by(node: ast.AST) -> str:
    """The variable's name where the node is `env.kind("NAME", …)`; what else `env` does to a value reads no variable."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name("env")), args=[ast.Constant(str(name)), *_]):
            return name
    return ""


def _variable(name: str, call: Any, statement: ast.stmt, lines: list[str]) -> Variable:
    kind = call.func.attr
    given = call.args[1] if len(call.args) > 1 else None
    default = "made on first use" if kind in {"secret", "key_ring"} else _readable(given)
    return Variable(name, _KINDS[kind], default, _target(statement), _comment(statement, lines))


def _readable(given: ast.expr | None) -> str:
    """A constant as it is written into the environment, anything else as it stands in the settings."""
    if given is None or (isinstance(given, ast.Constant) and given.value in {"", False}):
        return "—"
    return f"`{given.value!s}`" if isinstance(given, ast.Constant) else f"`{ast.unparse(given)}`"


def _target(statement: ast.stmt) -> str:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return ast.unparse(targets[0]) if targets[0] is not None else ""


def _comment(statement: ast.stmt, lines: list[str]) -> str:
    """The comment at the end of the statement, else the one in the line above it."""
    end = lines[(statement.end_lineno or statement.lineno) - 1]
    _, mark, text = end.partition("  # ")
    above = lines[statement.lineno - 2].strip()
    if not mark and above.startswith("# ") and not above.startswith("# ---"):
        text = above[2:]
    return text.replace("|", "\\|").strip()
