"""The JSON Schema of workflow definitions: editors complete and check against it while somebody types."""

from collections.abc import Sequence
from typing import Any

from workflows.engine.definition.shapes import CATCH_UP, COMPENSATE, CONTINUE, EVENTS, FROM, NOTIFY, PARK
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action

_DURATION = {"type": "string", "pattern": r"^\d+\s*(s|m|h|d)$", "description": "30s, 10m, 2h, 1d"}
_TEXTS = {"type": "array", "items": {"type": "string"}}


def definition_schema(actions: Sequence[Action]) -> dict[str, Any]:
    """JSON Schema 2020-12 of a definition; each action brings its own parameters."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Workflow",
        "type": "object",
        "required": ["workflow"],
        "additionalProperties": False,
        "properties": {"workflow": _object({"name": {"type": "string"}, "trigger": _trigger(), "steps": _steps(actions)},
                                           ["name", "trigger", "steps"])},
    }  # fmt: skip


def _trigger() -> dict[str, Any]:
    event = {"enum": list(EVENTS)}
    text = {"type": "string"}
    keys = {"on": event, "cron": text, "time_zone": text, "when": text, "catch_up": {"enum": list(CATCH_UP)}}
    rich = _object(keys, ["on"])
    return {"oneOf": [event, rich]}


def _steps(actions: Sequence[Action]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": {"oneOf": [_step(action) for action in actions]}}


def _step(action: Action) -> dict[str, Any]:
    needed = [name for name, parameter in action.parameters.items() if parameter.required]
    retry = {
        "attempts": {"type": "integer", "minimum": 1, "maximum": 50}, "wait": _DURATION, "most": _DURATION,
        "factor": {"type": "number", "minimum": 1, "maximum": 20}, "errors": _TEXTS,
    }  # fmt: skip
    failure = {"oneOf": [{"enum": [NOTIFY, CONTINUE, PARK]}, _object({COMPENSATE: {"type": "string"}}, [COMPENSATE])]}
    return _object(
        {
            "name": {"type": "string", "maxLength": 120},
            "action": {"const": action.name, "description": action.summary},
            "with": _object({name: _given(one) for name, one in action.parameters.items()}, needed),
            "needs": {"oneOf": [{"type": "string"}, _TEXTS]},
            "when": {"type": "string"},
            "for_each": {"type": "string"},
            "retry": _object(retry, []),
            "timeout": _DURATION,
            "on_failure": failure,
        },
        ["name", "action", *(["with"] if needed else [])],
    )


def _given(parameter: Parameter) -> dict[str, Any]:
    """The value itself, or where it is taken from when the step starts."""
    return {"anyOf": [parameter.as_schema(), _object({FROM: {"type": "string"}}, [FROM])]}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
