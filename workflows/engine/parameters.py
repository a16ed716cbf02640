"""What a step may be given under `with`: typed, described, and the source of the editor's schema and the guide."""

from dataclasses import dataclass
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str, "number": (int, float), "whole": int, "flag": bool, "list": list, "mapping": dict,
}  # fmt: skip
_JSON = {
    "text": "string",
    "number": "number",
    "whole": "integer",
    "flag": "boolean",
    "list": "array",
    "mapping": "object",
}
_EXAMPLES = {"text": '"…"', "number": "0.5", "whole": "3", "flag": "true", "list": "[…]", "mapping": "{…}"}


@dataclass(frozen=True)
class Parameter:
    """One value an action takes. `type` is text, number, whole, flag, list or mapping; `sentence` is for people."""

    type: str
    sentence: str
    required: bool = False
    default: Any = None
    choices: tuple[Any, ...] = ()

    def fits(self, value: Any) -> bool:
        """Whether the value is of this type and one of the choices, where there are any."""
        right = isinstance(value, _TYPES[self.type]) and (self.type == "flag" or not isinstance(value, bool))
        return right and (not self.choices or value in self.choices)

    @property
    def example(self) -> str:
        """How a value looks in YAML."""
        return f"one of {', '.join(map(str, self.choices))}" if self.choices else _EXAMPLES[self.type]

    def as_schema(self) -> dict[str, Any]:
        """The parameter as JSON Schema."""
        schema: dict[str, Any] = {"type": _JSON[self.type], "description": self.sentence}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.default is not None:
            schema["default"] = self.default
        return schema
