"""What a reviewer would look for in every change, looked for in the sources: each find is refused or justified here.

Semgrep's rules as this house would write them, on Python's own syntax trees (semgrep itself is LGPL and fetches its rules).
That every view has a permission is asked of the URL map (`tests/test_url_map.py`); bandit and ruff's S rules run in `make check`.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from core.logs import ALLOWED

HOME = Path(__file__).resolve().parents[2]
APPS = ("accounts", "ai", "audit", "cases", "compliance_site", "core", "customers", "documents", "monitoring",
        "notifications", "reporting", "screening", "workflows")  # fmt: skip
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
_OUTWARD = {"requests", "httpx", "urllib3", "aiohttp", "http.client", "urllib.request", "smtplib", "ftplib", "socket"}


def _name(node: ast.AST) -> str:
    """`a.b.c` of a name or an attribute; what it hangs on is left out where it is neither."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def _is_put_together(node: ast.AST) -> bool:
    """A text made of parts that are not all constants."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add) and not (
            isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant)
        )
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def _is_markup(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func).rpartition(".")[2] in {"mark_safe", "SafeString"}


def _is_formatted_sql(node: ast.AST) -> bool:
    verbs = {"execute", "executemany", "raw", "RawSQL", "extra"}
    return (
        isinstance(node, ast.Call) and bool(node.args)
        and _name(node.func).rpartition(".")[2] in verbs and _is_put_together(node.args[0])
    )  # fmt: skip


def _goes_out(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name in _OUTWARD for alias in node.names)
    return isinstance(node, ast.ImportFrom) and node.module in _OUTWARD


def _is_shell(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    shell = any(word.arg == "shell" and not _is_constant(word.value, value=False) for word in node.keywords)
    return shell or _name(node.func) in {"os.system", "os.popen", "eval", "exec", "pickle.load", "pickle.loads", "marshal.loads",
                                         "yaml.load", "yaml.unsafe_load"}  # fmt: skip


def _is_constant(node: ast.AST, *, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _logs_more(node: ast.AST) -> bool:
    """A log line with a field that is not on the list, or with words put together: either may hold what somebody sent."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in _LEVELS:
        return False
    if not re.search(r"log(ger)?$", _name(node.func.value)):
        return False
    words = {word.arg for word in node.keywords if word.arg not in {"exc_info", None}}
    return bool(words - ALLOWED) or any(_is_put_together(arg) for arg in node.args)


def _writes_a_table(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in {"csv.writer", "csv.DictWriter", "Workbook"}


def _is_unchecked(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.alias) and getattr(node, "id", getattr(node, "name", "")) == "csrf_exempt"


def _leads_where_told(node: ast.AST) -> bool:
    """A redirect straight to what the request says."""
    names = {"redirect", "HttpResponseRedirect"}
    return (
        isinstance(node, ast.Call) and _name(node.func) in names and bool(node.args)
        and any(_name(part).startswith(("request.GET", "request.POST", "request.META")) for part in ast.walk(node.args[0]))
        and "local_path" not in ast.dump(node.args[0])
    )  # fmt: skip


RULES: dict[str, Callable[[ast.AST], bool]] = {
    "markup that is not escaped": _is_markup,
    "SQL put together": _is_formatted_sql,
    "requests outside core.outbound": _goes_out,
    "a shell, or text run as code": _is_shell,
    "personal fields in a log": _logs_more,
    "a table for spreadsheets outside core.spreadsheets": _writes_a_table,
    "a form that is not checked for its origin": _is_unchecked,
    "a redirect to where the request says": _leads_where_told,
}
_MARKUP, _SQL, _OUT, _TABLE = (
    "markup that is not escaped", "SQL put together", "requests outside core.outbound",
    "a table for spreadsheets outside core.spreadsheets",
)  # fmt: skip
JUSTIFIED: dict[tuple[str, str], str] = {
    (_MARKUP, "core/templatetags/ui.py"): "escaped first, then marks of ours are put in",
    (_SQL, "audit/services/appending.py"): "two statements of ours joined; values are parameters",
    (_SQL, "audit/services/placing.py"): "as many placeholders as rows",
    (_SQL, "core/columns/moving.py"): "names of the inventory, quoted; values are parameters",
    (_SQL, "monitoring/services/storing.py"): "names of the model, quoted; COPY takes no parameters",
    (_OUT, "core/outbound.py"): "the guard itself",
    (
        _OUT,
        "audit/anchors/webhook.py",
    ): "an address of the configuration, which may be a private one; no redirect is followed",
    (_OUT, "audit/anchors/timestamp.py"): "the same",
    (_OUT, "audit/anchors/email.py"): "names of errors; Django sends",
    (_OUT, "notifications/channels/email.py"): "the same",
    (_OUT, "documents/safety/clamd.py"): "the scanner's socket, of the configuration",
    (_OUT, "compliance_site/management/commands/serve.py"): "is the port free: nothing is sent",
    (_OUT, "workflows/claims.py"): "this machine's name",
    (_OUT, "core/log_shipping.py"): "the operator's collector, of the configuration; its certificate is verified",
    (_TABLE, "core/spreadsheets.py"): "the place itself",
    (_TABLE, "reporting/exports/writing.py"): "workbooks, whose cells are typed as texts",
    (_TABLE, "screening/demo_list.py"): "fictional names, read by the product alone",
    (_TABLE, "screening/management/commands/score_names.py"): "a machine's scores of the operator's own file",
    (
        "a form that is not checked for its origin",
        "cases/rfi/views/customer.py",
    ): "checked inside, once the size is known",
}


@lru_cache
def _trees() -> list[tuple[str, ast.Module]]:
    files = [path for app in APPS for path in sorted((HOME / app).rglob("*.py")) if "migrations" not in path.parts]
    return [(str(path.relative_to(HOME)), ast.parse(path.read_text())) for path in files]


def _found(rule: str) -> Iterator[str]:
    for path, tree in _trees():
        yield from (f"{path}:{getattr(node, 'lineno', 0)}" for node in ast.walk(tree) if RULES[rule](node))


@pytest.mark.parametrize("rule", RULES)
def test_the_sources_keep_the_rule(rule: str) -> None:
    found = list(_found(rule))
    excused = {path for kept, path in JUSTIFIED if kept == rule}
    assert [place for place in found if place.rpartition(":")[0] not in excused] == []
    assert excused <= {place.rpartition(":")[0] for place in found}, "a justification that nothing needs any more"


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("markup that is not escaped", "mark_safe(name)"),
        ("SQL put together", 'cursor.execute(f"SELECT {name}")'),
        ("SQL put together", 'Case.objects.raw("SELECT " + name)'),
        ("requests outside core.outbound", "from urllib.request import urlopen"),
        ("a shell, or text run as code", "subprocess.run(line, shell=True)"),
        ("a shell, or text run as code", "yaml.load(text)"),
        ("personal fields in a log", "_log.info('seen', email=person.email)"),
        ("personal fields in a log", "logger.warning(f'{person} came')"),
        ("a table for spreadsheets outside core.spreadsheets", "csv.writer(stream)"),
        ("a form that is not checked for its origin", "from django.views.decorators.csrf import csrf_exempt"),
        ("a redirect to where the request says", "redirect(request.POST.get('next', '/'))"),
    ],
)
def test_the_rule_finds_what_it_is_for(rule: str, source: str) -> None:
    assert any(RULES[rule](node) for node in ast.walk(ast.parse(source)))


def test_templates_escape_everything() -> None:
    files = sorted((HOME / "templates").rglob("*.html"))
    marks = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b")
    assert [str(path.relative_to(HOME)) for path in files if marks.search(path.read_text())] == []
