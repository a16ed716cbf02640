"""Parts of a definition in words: conditions as they are written, lengths of time as people say them. Pure."""

from typing import Any

from core.words import said
from workflows.engine.conditions import Node, Path
from workflows.engine.definition.shapes import COMPENSATE, CONTINUE, NOTIFY, PARK, OnFailure, Retry

_JOINED = {"and", "or"}
_FAILURES = {
    NOTIFY: said("people are told and the run stops"), CONTINUE: said("the run goes on without it"),
    PARK: said("the run waits for a person"), COMPENSATE: said("it is undone and the run stops"),
}  # fmt: skip


def condition_text(node: Node) -> str:
    """The condition as somebody would write it."""
    if node.kind in _JOINED:
        return f" {node.kind} ".join(_inner(part) for part in node.parts)
    if node.kind == "not":
        return said("not {inner}", inner=_inner(node.parts[0]))
    first, *others = map(value_text, node.parts)
    listed = ", ".join(others)
    forms = {
        "true": first, "missing": said("{first} is missing", first=first),
        "between": said("{first} between {others}", first=first, others=' and '.join(others)),
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
        return said("tried once")
    waits = said(
        "{seconds_text} before the second, × {factor}, at most {seconds_text_2}",
        seconds_text=seconds_text(retry.wait),
        factor=f"{retry.factor:g}",
        seconds_text_2=seconds_text(retry.most),
    )
    named = said("; only for {errors}", errors=", ".join(retry.errors)) if retry.errors else ""
    return said("tried up to {attempts} times: {waits}{named}", attempts=retry.attempts, waits=waits, named=named)


def failure_text(failure: OnFailure) -> str:
    """What follows a step that was given up."""
    return (
        said("{failures} (by {step})", failures=_FAILURES[failure.what], step=failure.step)
        if failure.step
        else _FAILURES[failure.what]
    )


def seconds_text(seconds: float) -> str:
    """A length of time: `40 ms`, `3.2 s`, `5 min 10 s`, `2 h 5 min`, `3 d 4 h`."""
    if seconds < 1:
        return said("{value} ms", value=round(seconds * 1000))
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
