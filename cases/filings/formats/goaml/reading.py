"""A goAML schema as a tree of particles: what may stand where, how often, written how."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from cases.filings.formats.xml import parsed, schema_of

_XS = "{http://www.w3.org/2001/XMLSchema}"
_GROUPS = {"sequence", "choice", "all"}
_ROOM = 4000


@dataclass(frozen=True)
class Simple:
    """A simple type: its codes where it is a closed list, and a test of a text against it."""

    name: str
    codes: tuple[str, ...]
    most: int | None
    base: str
    check: Any = field(repr=False, compare=False)

    def takes(self, text: str) -> bool:
        """True where the schema takes the text."""
        if self.check is None:
            return True
        element = etree.Element("v")
        element.text = text
        return bool(self.check.validate(element))


@dataclass(frozen=True)
class Particle:
    """An element, or a group of them. `least` and `most` are how often; `most` None is without end."""

    kind: str
    name: str
    least: int
    most: int | None
    node: Any = field(repr=False, compare=False)
    fixed: str = ""


class Schema:
    """A schema by its named types. Raises InvalidInput where it cannot be compiled."""

    def __init__(self, content: bytes) -> None:
        root = _without_anchors(parsed(content))
        self.compiled = schema_of(etree.tostring(root))
        self._types = {item.get("name"): item for item in root if isinstance(item.tag, str) and item.get("name")}
        self.root = self._particle(next(item for item in root if item.tag == f"{_XS}element"))
        self._simple: dict[Any, Simple] = {}

    def _particle(self, node: Any) -> Particle:
        most = node.get("maxOccurs", "1")
        return Particle(
            etree.QName(node).localname, node.get("name", ""), int(node.get("minOccurs", "1")),
            None if most == "unbounded" else int(most), node, node.get("fixed", ""),
        )  # fmt: skip

    def _type_of(self, node: Any) -> Any:
        """The type's own definition, inline or named; None for a built-in one."""
        name = node.get("type", "").rpartition(":")[2]
        if name:
            return self._types.get(name)
        inline = [child for child in node if child.tag in {f"{_XS}complexType", f"{_XS}simpleType"}]
        return inline[0] if inline else None

    def is_complex(self, particle: Particle) -> bool:
        """True for an element that holds elements."""
        found = self._type_of(particle.node)
        return found is not None and found.tag == f"{_XS}complexType" and next(self.inside(particle), None) is not None

    def inside(self, particle: Particle) -> Iterator[Particle]:
        """The particles within an element or a group, those of an extended type before its own."""
        if particle.kind in _GROUPS:
            yield from self._children(particle.node)
            return
        found = self._type_of(particle.node)
        if found is not None:
            yield from self._content(found)

    def elements_of(self, particle: Particle) -> Iterator[Particle]:
        """The elements directly within an element, through groups."""
        for item in self.inside(particle):
            if item.kind == "element":
                yield item
            else:
                yield from self.elements_of(item)

    def _content(self, node: Any) -> Iterator[Particle]:
        extension = node.find(f"{_XS}complexContent/{_XS}extension")
        if extension is not None:
            base = self._types.get(extension.get("base", "").rpartition(":")[2])
            if base is not None:
                yield from self._content(base)
            node = extension
        yield from self._children(node)

    def _children(self, node: Any) -> Iterator[Particle]:
        for child in node:
            if isinstance(child.tag, str) and etree.QName(child).localname in {*_GROUPS, "element"}:
                yield self._particle(child)

    def simple(self, particle: Particle) -> Simple:
        """The simple type of an element."""
        if particle.node not in self._simple:
            self._simple[particle.node] = self._read_simple(particle.node)
        return self._simple[particle.node]

    def _read_simple(self, node: Any) -> Simple:
        found, name = self._type_of(node), node.get("type", "").rpartition(":")[2]
        if found is not None and found.tag == f"{_XS}complexType":  # simple content with attributes
            base = found.find(f".//{_XS}extension")
            name = base.get("base", "").rpartition(":")[2] if base is not None else ""
            found = self._types.get(name)
        if found is None:
            return Simple(name, (), None, name or "string", _check_of(None, name) if name else None)
        restriction = found.find(f"{_XS}restriction")
        base = restriction.get("base", "").rpartition(":")[2] if restriction is not None else "string"
        codes = tuple(item.get("value", "") for item in found.iter(f"{_XS}enumeration"))
        lengths = [int(item.get("value", "0")) for item in found.iter(f"{_XS}maxLength")]
        parent = self._types.get(base)
        check = _check_of(etree.tostring(found).decode(), "") if parent is None else None
        if parent is not None:
            codes = codes or tuple(item.get("value", "") for item in parent.iter(f"{_XS}enumeration"))
            base = "string"
        return Simple(name, codes, min(lengths, default=None), base, check)

    def codes_of(self, type_name: str) -> Sequence[str]:
        """The codes of a named type."""
        node = self._types.get(type_name)
        return [item.get("value", "") for item in node.iter(f"{_XS}enumeration")] if node is not None else []

    @cache  # noqa: B019 - schemas are few and kept by `schema_in` anyhow
    def room_for_words(self) -> int:
        """How many characters every field for words takes: of reason, action and comments."""
        found = [
            self.simple(item).most for item in self._walk(self.root, 0) if item.name in {"reason", "action", "comments"}
        ]
        return min((most for most in found if most), default=_ROOM)

    def _walk(self, particle: Particle, depth: int) -> Iterator[Particle]:
        for item in self.inside(particle):
            if item.kind == "element" and not self.is_complex(item):
                yield item
            elif depth < 8:  # noqa: PLR2004 - deeper than any report
                yield from self._walk(item, depth + 1)


def _without_anchors(root: Any) -> Any:
    """The schema with `^…$` around a pattern taken off.

    XML Schema knows no anchors and takes both signs literally; FIUs write them nevertheless, for goAML's own server (.NET)
    reads them as anchors. Read literally, such a schema takes no name at all.
    """
    for pattern in root.iter(f"{_XS}pattern"):
        value = pattern.get("value", "")
        if value.startswith("^") and value.endswith("$"):
            pattern.set("value", value[1:-1])
    return root


@lru_cache(maxsize=2000)
def _check_of(definition: str | None, builtin: str) -> Any:
    """A schema of one element of a simple type, given whole or as the name of a built-in type."""
    root = etree.Element(f"{_XS}schema", nsmap={"xs": _XS[1:-1], "xsd": _XS[1:-1]})
    element = etree.SubElement(root, f"{_XS}element", name="v")
    if definition is None:
        element.set("type", f"xs:{builtin}")
    else:
        node = deepcopy(etree.fromstring(definition))
        node.attrib.pop("name", None)
        element.append(node)
    return etree.XMLSchema(root)


@lru_cache(maxsize=32)
def schema_in(content: bytes) -> Schema:
    """The schema of these bytes, read once a process."""
    return Schema(content)
