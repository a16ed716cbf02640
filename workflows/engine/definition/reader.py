"""Walking YAML nodes, which know their lines, and collecting faults instead of stopping at the first."""

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from core.words import said
from workflows.engine.definition.shapes import DefinitionFault

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NULL = "tag:yaml.org,2002:null"


@dataclass
class Reader:
    """Reads nodes of one text; `faults` grows."""

    faults: list[DefinitionFault] = field(default_factory=list)

    def fault(self, node: yaml.Node, message: str, suggestion: str) -> None:
        self.faults.append(DefinitionFault(node.start_mark.line + 1, message, suggestion))

    def mapping(
        self, node: yaml.Node, needed: Sequence[str], where: str, more: Sequence[str] = ()
    ) -> dict[str, yaml.Node]:
        """The node's children by key; faults for what is no mapping, unknown, doubled or missing."""
        keys = [*needed, *more]
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, said("{where} must be a mapping", where=where), said("keys {keys}", keys=", ".join(keys)))
            return {}
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in keys:
                self.fault(key_node, said("`{key}` is not a key of {where}", key=key, where=where), nearest(key, keys))
            elif key in found:
                self.fault(key_node, said("`{key}` stands twice in {where}", key=key, where=where), "keep one of them")
            else:
                found[key] = value
        for key in needed:
            if key not in found:
                self.fault(
                    node,
                    said("{where} has no `{key}`", where=where, key=key),
                    said('add `{key}: "…"`', key=key) if key != "steps" else "add `steps:`",
                )
        return found

    def text(self, node: yaml.Node | None, where: str, longest: int = 120) -> str:
        """The node's text, or an empty text with a fault."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag == _NULL:
            self.fault(node, said("{where} must be a text", where=where), f'{where}: "…"')
            return ""
        if len(node.value) > longest:
            self.fault(
                node, said("{where} is longer than {longest} characters", where=where, longest=longest), "a shorter one"
            )
        return str(node.value).strip()

    def one_of(self, node: yaml.Node | None, allowed: Collection[str], where: str) -> str:
        """The node's text where it is one of `allowed`; a fault with the nearest one otherwise."""
        value = self.text(node, where)
        if node is not None and value and value not in allowed:
            self.fault(
                node, said("`{value}` is not a known {where}", value=value, where=where), nearest(value, allowed)
            )
        return value

    def texts(self, node: yaml.Node, where: str) -> list[tuple[yaml.Node, str]]:
        """A list of texts with their nodes; a single text counts as a list of one."""
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return [(item, self.text(item, where)) for item in items]

    def whole(self, node: yaml.Node, where: str, least: int, most: int) -> int:
        """A whole number within bounds; `least` with a fault otherwise."""
        value = self.data(node)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(
                node,
                said("{where} must be a whole number from {least} to {most}", where=where, least=least, most=most),
                f"{where}: {least}",
            )
            return least
        return value

    def number(self, node: yaml.Node, where: str, least: float, most: float) -> float:
        """A number within bounds; `least` with a fault otherwise."""
        value = self.data(node)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.fault(
                node,
                said(
                    "{where} must be a number from {least} to {most}", where=where, least=f"{least:g}", most=f"{most:g}"
                ),
                f"{where}: {least:g}",
            )
            return least
        return float(value)

    def duration(self, node: yaml.Node, where: str) -> int:
        """Seconds of `30s`, `10m`, `2h`, `1d`; 0 with a fault otherwise."""
        match = _DURATION.fullmatch(self.text(node, where) or " ")
        if match is None or not int(match[1]):
            self.fault(node, said("{where} must be a time like 30s, 10m, 2h or 1d", where=where), f"{where}: 10m")
            return 0
        return int(match[1]) * _SECONDS[match[2]]

    @staticmethod
    def data(node: yaml.Node) -> Any:
        """The plain value of a node: texts, numbers, flags, lists, mappings."""
        return yaml.SafeLoader("").construct_object(node, deep=True)


def nearest(word: str, allowed: Collection[str]) -> str:
    """The likely meant word, or all there are."""
    near = difflib.get_close_matches(word, list(allowed), n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(allowed)}"
