"""Parts of a definition in words: conditions as they are written, lengths of time as people say them. Pure."""

from typing import Any

from workflows.engine.conditions import Node, Path
from workflows.engine.definition.shapes import COMPENSATE, CONTINUE, NOTIFY, PARK, OnFailure, Retry

_JOINED = {"and", "or"}
_FAILURES = {
    NOTIFY: "people are told and the run stops", CONTINUE: "the run goes on without it",
    PARK: "the run waits for a person", COMPENSATE: "it is undone and the run stops",
}  # fmt: skip


def condition_text(node: Node) -> str:
    """The condition as somebody would write it."""
    if node.kind in _JOINED:
        return f" {node.kind} ".join(_inner(part) for part in node.parts)
    if node.kind == "not":
        return f"not {_inner(node.parts[0])}"
    first, *others = map(value_text, node.parts)
    listed = ", ".join(others)
    forms = {
        "true": first, "missing": f"{first} is missing", "between": f"{first} between {' and '.join(others)}",
        "in": f"{first} in [{listed}]",
    }  # fmt: skip
    return forms.get(node.kind, f"{first} {node.kind} {listed}")


def value_text(value: Any) -> str:
    """A path or a plain value as it is written."""
    if isinstance(value, Path):
        root = f'step("{value.step}")' if value.root == "step" else value.root
        return ".".join((root, *value.names))
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def retry_text(retry: Retry) -> str:
    """How often and when a step is tried again."""
    if retry.attempts == 1:
        return "tried once"
    waits = f"{seconds_text(retry.wait)} before the second, × {retry.factor:g}, at most {seconds_text(retry.most)}"
    named = f"; only for {', '.join(retry.errors)}" if retry.errors else ""
    return f"tried up to {retry.attempts} times: {waits}{named}"


def failure_text(failure: OnFailure) -> str:
    """What follows a step that was given up."""
    return f"{_FAILURES[failure.what]} (by {failure.step})" if failure.step else _FAILURES[failure.what]


def seconds_text(seconds: float) -> str:
    """A length of time: `40 ms`, `3.2 s`, `5 min 10 s`, `2 h 5 min`, `3 d 4 h`."""
    if seconds < 1:
        return f"{round(seconds * 1000)} ms"
    if seconds < 60:  # noqa: PLR2004 - below a minute
        return f"{seconds:.1f} s".replace(".0 s", " s")
    for size, name, smaller, smaller_name in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if seconds >= size:
            rest = int(seconds % size // smaller)
            return f"{int(seconds // size)} {name}" + (f" {rest} {smaller_name}" if rest else "")
    raise AssertionError("every length is in one of the units")


def _inner(part: Any) -> str:
    text = condition_text(part)
    return f"({text})" if part.kind in _JOINED else text
