"""The words of messages: a small placeholder language, and the shipped texts, one file a language.

A text names values of its event in braces: `{case.number} waits for your approval`. That is the whole language: no
calls, no attributes, no conditions, so that nothing an administrator writes can run or reach anything else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation

from core.exceptions import Fault
from core.language import code_in_words, in_words
from core.words import said

_FOLDER = Path(__file__).parent
# By the last part of a placeholder's name.
_SAID: dict[str, Callable[[Any], Any]] = {
    "kind": code_in_words, "state": code_in_words, "reason": in_words, "workflow": in_words,
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    """A subject of one line and a body of a few."""

    subject: str
    body: str


@cache
def languages() -> dict[str, str]:
    """Every language by its code, with its own name; a further file here adds one."""
    return {
        path.stem: str(_read(path.stem)["name"])
        for path in sorted(_FOLDER.glob("*.yaml"), key=lambda p: p.stem != "en")
    }


def shipped(event: str, language: str) -> Words:
    """The words that ship for an event; English where the language is not known."""
    found = _read(language if language in languages() else "en")["events"][event]
    return Words(found["subject"], found["body"])


def phrase(which: str, language: str, /, **values: object) -> str:
    """A fixed phrase around messages, such as the label of a button."""
    return str(_read(language if language in languages() else "en")["phrases"][which]).format(**values)


def fill(text: str, data: Mapping[str, Any], language: str) -> str:
    """The text with its placeholders filled; a value that is not there is a dash. States, kinds and reasons of ours are
    said in the text's language, names are put in as they are."""
    with translation.override(language):
        return _PLACEHOLDER.sub(lambda match: _value(match[1].strip(), data), text)


def faults_of(text: str, known: Sequence[str], pointer: str) -> list[Fault]:
    """What is wrong with a text: placeholders that the event does not have, braces that do not close."""
    faults = []
    for name in (match.strip() for match in _PLACEHOLDER.findall(text)):
        if name not in known:
            near = get_close_matches(name, known, 1) or list(known)
            faults.append(
                Fault(
                    pointer,
                    said("{{{name}}} is not known here", name=name),
                    "one of " + ", ".join(f"{{{n}}}" for n in near),
                )
            )
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        faults.append(Fault(pointer, "has a brace that does not close", "write {name}"))
    return faults


def _value(name: str, data: Mapping[str, Any]) -> str:
    found: Any = data
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    if found is None:
        return "–"
    return str(_SAID.get(name.rpartition(".")[2], str)(found))


@cache
def _read(language: str) -> dict[str, Any]:
    text: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return text
