"""The registry of what can be recorded: a code and a sentence for each, defined beside the service that records it."""

import string
from dataclasses import dataclass

from core.language import in_words


@dataclass(frozen=True)
class Action:
    """`sentence` continues the actor's name and may name values of the entry: `{after[kind]}`, `{reason}`."""

    code: str
    sentence: str


_registry: dict[str, Action] = {}


class _Lenient(string.Formatter):
    """Fills what is there and leaves a dash where an older entry lacks a value."""

    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[object, str]:
        try:
            found: tuple[object, str] = super().get_field(field_name, args, kwargs)  # type: ignore[arg-type]
        except (KeyError, IndexError, AttributeError, TypeError):
            return "–", field_name
        return found


def define(code: str, sentence: str) -> Action:
    """Defines an action once, at import; raises ValueError where the code is taken."""
    if code in _registry:
        raise ValueError(f"audit action {code} is defined twice")
    _registry[code] = Action(code, sentence)
    return _registry[code]


def all_actions() -> list[Action]:
    """Every action defined so far, by code."""
    return [_registry[code] for code in sorted(_registry)]


def sentence_for(code: str, body: dict[str, object]) -> str:
    """What happened, in the reader's language, from the entry's own values; an unknown code is shown as it is."""
    action = _registry.get(code)
    if action is None:
        return code
    values = {"before": body.get("before") or {}, "after": body.get("after") or {}, "reason": body.get("reason") or ""}
    return _Lenient().vformat(in_words(action.sentence), (), values)
