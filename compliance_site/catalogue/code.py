"""Texts of Python sources: by what they are given to, so that code says plain English and engines need no Django.

A text is one where it is the label of a choice, an argument of a call in `MARKED`, the message or the title of an error of the
product, a field of a form (its label, its help, else its name in words), or what `said` or gettext is called with.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from core.exceptions import ProbityError

# Function or class → positions of the arguments that people read.
MARKED: dict[str, tuple[int, ...]] = {
    "said": (0,), "problem": (2,), "gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,), "Fault": (1, 2), "fault": (1, 2),
    "success": (1,), "info": (1,), "error": (1,), "warning": (1,), "ValidationError": (0,),
    "EventType": (1, 2, 3), "Entry": (0, 1), "Section": (0,), "RoleDefinition": (0,), "View": (1,), "Metric": (1,), "Figure": (1,),
    "Fact": (0, 1, 2), "Transition": (0,), "Step": (1,), "Move": (2,), "Condition": (1,), "Field": (1, 2, 5), "Feature": (1, 2, 5),
    "Parameter": (1,), "CheckResult": (2,), "WorkKind": (1, 2), "register_periodic": (0,), "KindOfBlueprint": (1,), "Export": (1, 2),
    "Table": (0,), "define": (1,),
    "Gauge": (1,), "ListFormat": (1,), "FileFormat": (1,), "Issuer": (1,), "Evidence": (3,), "Obstacle": (0,), "CellFault": (0, 1),
    "RuleFault": (2, 3), "ListFault": (1,), "Report": (2,), "Measure": (0,), "Line": (0,),
}  # fmt: skip
_CODE = re.compile(r"[a-z]+(_[a-z]+)+")
_CODED = {"Domain": "code"}  # calls whose code in this keyword is shown as a label
_PLURALS = {"ngettext", "ngettext_lazy"}
_KEYWORDS = {
    "label", "help_text", "empty_label", "title", "sentence", "note", "detail", "address_label", "address_hint", "meaning",
    "suggestion", "description", "hint", "rows_are", "subjects_are", "help",
}  # fmt: skip
_ATTRIBUTES = {
    "summary",
    "sentence",
    "title",
    "label",
    "address_label",
    "address_hint",
}  # of entries that are classes: actions of steps, channels, evidence
# Constants whose codes are shown as labels ("Date of birth").
_LABELS = {"FIELD_NAMES", "TYPES", "TOPICS", "RATINGS", "WEEKDAYS", "FACTORS", "_PRODUCTS", "_CHANNELS", "_OF_GAUGES"}
_OF_FORMS = {"labels", "help_texts"}  # of a form's Meta: by field


class Found(NamedTuple):
    """A text, with its plural where it counts, and its line."""

    line: int
    text: str | tuple[str, str]


def texts_in(source: str) -> Iterator[Found]:
    """Every text of one file."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _of_class(node)
    for statement in tree.body:
        yield from _of_codes(statement)


def _of_codes(statement: ast.stmt) -> Iterator[Found]:
    """The codes of a constant as labels."""
    if isinstance(statement, ast.AnnAssign):
        name, value = getattr(statement.target, "id", ""), statement.value
    elif isinstance(statement, ast.Assign):
        name, value = getattr(statement.targets[0], "id", ""), statement.value
    else:
        return
    codes = value.keys if isinstance(value, ast.Dict) else getattr(value, "elts", [])
    for code in (_constant(each).replace("_", " ") for each in codes if each is not None):
        if code and name in _LABELS:
            yield Found(statement.lineno, code.capitalize())


def _of_call(call: ast.Call) -> Iterator[Found]:
    name = _last_name(call.func)
    if name in _PLURALS:
        one, many = (_constant(argument) for argument in call.args[:2])
        if one and many:
            yield Found(call.lineno, (one, many))
        return
    for keyword in call.keywords:
        if keyword.arg == _CODED.get(name) and (code := _constant(keyword.value)):
            yield Found(call.lineno, code.replace("_", " ").capitalize())
    positions = MARKED.get(name, (0,) if name in _errors() else ())
    for position in positions:
        if position < len(call.args):
            yield from _texts(call.args[position])
    if positions or ast.unparse(call.func).startswith("forms."):
        for keyword in call.keywords:
            yield from _of_keyword(keyword)


def _of_keyword(keyword: ast.keyword) -> Iterator[Found]:
    if keyword.arg in _KEYWORDS:
        yield from _texts(keyword.value)
    elif keyword.arg == "choices" and isinstance(keyword.value, ast.List | ast.Tuple):
        for choice in keyword.value.elts:
            yield from _texts(choice.elts[-1]) if isinstance(choice, ast.Tuple) else ()


def _of_class(node: ast.ClassDef) -> Iterator[Found]:
    bases = {_last_name(base) for base in node.bases}
    for statement in node.body:
        if not isinstance(statement, ast.Assign):
            continue
        target, value = statement.targets[0], statement.value
        if any(base.endswith("Choices") for base in bases):
            yield from _texts(value.elts[-1]) if isinstance(value, ast.Tuple) else ()
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):  # status, code, title = …
            names = [getattr(part, "id", "") for part in target.elts]
            yield from _texts(value.elts[names.index("title")]) if "title" in names else ()
        elif getattr(target, "id", "") in _ATTRIBUTES and "AppConfig" not in bases and not isinstance(value, ast.Call):
            yield from _texts(value)
        elif getattr(target, "id", "") in _OF_FORMS and isinstance(value, ast.Dict):
            for text in value.values:
                yield from _texts(text)
        elif _is_field_without_label(value):
            yield Found(statement.lineno, getattr(target, "id", "").replace("_", " ").capitalize())


def _is_field_without_label(value: ast.expr) -> bool:
    is_field = isinstance(value, ast.Call) and ast.unparse(value.func).startswith("forms.")
    return is_field and not any(keyword.arg == "label" for keyword in value.keywords)  # type: ignore[attr-defined]


def _texts(node: ast.expr) -> Iterator[Found]:
    """The text itself, or those of an either-or."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif (text := _constant(node)) and any(letter.isalpha() for letter in text) and not _CODE.fullmatch(text):
        yield Found(node.lineno, text)


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@cache
def _errors() -> frozenset[str]:
    """Names of every error of the product: its message is for whoever asked."""
    return frozenset(kind.__name__ for kind in _kinds(ProbityError))


def _kinds(base: type) -> Iterator[type]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
