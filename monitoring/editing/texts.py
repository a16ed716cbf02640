"""The text of a whole scenario: measures as `let name = operand`, an empty line, the condition with one part a line."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import Domain
from monitoring.rules.checker import reader_with
from monitoring.rules.faults import RuleFault, RuleInvalid
from monitoring.rules.lists import Lists
from monitoring.rules.reader import data_of_text, operand_of_text
from monitoring.rules.tree import All, Any
from monitoring.rules.words import text_of

_LET = re.compile(r"^let[ \t]+([^\W\d]\w*)[ \t]*=(?!=)", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
TEXT_PATH = "/text"


def text_of_data(
    rule: AnyValue,
    measures: Mapping[str, AnyValue],
    domain: Domain,
    parameters: Mapping[str, AnyValue],
    lists: Lists | None = None,
) -> str:
    """The text that `data_of_whole_text` reads back; also of a rule that the checker refuses."""
    reader = reader_with(domain, parameters, measures, lists)
    lines = [f"let {name} = {text_of(measure.operand)}" for name, (measure, _) in reader.measures.items()]
    root = reader.condition(rule, "/rule", 0)
    word = "\nor " if isinstance(root, Any) else "\nand "
    parts = root.parts if isinstance(root, All | Any) else (root,)
    told = word.join(text_of(part) for part in parts)
    return "\n".join([*lines, "", told]) if lines else told


def data_of_whole_text(text: str) -> tuple[AnyValue, dict[str, AnyValue]]:
    """(rule, measures) as JSON. Raises RuleInvalid, whose path is `/text` and whose message names line and character."""
    text = text.replace("\r\n", "\n")
    measures: dict[str, AnyValue] = {}
    at = 0
    for match in _LET.finditer(text):
        if match.start() < at or text[at : match.start()].strip():
            continue
        following, ends = _LET.search(text, match.end()), _EMPTY_LINE.search(text, match.end())
        at = min(found.start() for found in (following, ends) if found) if following or ends else len(text)
        measures[match[1]] = _placed(operand_of_text, text, match.end(), at)
    return rooted(_placed(data_of_text, text, at, len(text))), measures


def rooted(rule: AnyValue) -> AnyValue:
    """The rule with a group at its root, so that a condition can always be added beside."""
    return rule if isinstance(rule, dict) and set(rule) <= {"all", "any"} else {"all": [rule]}


def _placed(read: AnyValue, text: str, begin: int, end: int) -> AnyValue:
    try:
        return read(text[begin:end])
    except RuleInvalid as error:
        raise RuleInvalid([_told(fault, text, begin) for fault in error.faults]) from None


def _told(fault: RuleFault, text: str, begin: int) -> RuleFault:
    at = begin + int(fault.path.rpartition("/")[2])
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
    message = re.sub(
        r"^character \d+", said("line {line}, character {value}", line=line, value=at - start + 1), fault.message
    )
    return replace(fault, path=TEXT_PATH, message=message)
