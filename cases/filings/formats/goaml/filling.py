"""Laying facts into a schema's tree. Of alternatives the one with the fewest gaps is taken, the earlier of two alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cases.filings.form.text import digits, latin, plain
from cases.filings.formats.goaml.reading import Particle, Schema, Simple
from core.exceptions import Fault
from core.words import said

_UNKNOWN = ("-", "---")


@dataclass(frozen=True)
class Told:
    """A value as it may be written, best first, and the field of the form that it came from."""

    texts: tuple[str, ...]
    pointer: str = ""


Facts = Mapping[str, Any]  # element name → Told, Facts, or a list of them; "@" is the pointer of the whole


@dataclass
class Filled:
    """The document, the field of each element, what is missing, and what the schema has no place for."""

    root: Any
    places: dict[Any, str]
    faults: tuple[Fault, ...]
    left_out: tuple[Fault, ...]


@dataclass
class _Attempt:
    """Elements for one particle, with what is missing in them."""

    elements: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    places: dict[Any, str] = field(default_factory=dict)

    def take(self, other: "_Attempt") -> None:
        """Adds what another attempt made."""
        self.elements += other.elements
        self.faults += other.faults
        self.places |= other.places


def filled(schema: Schema, facts: Facts, defaults: Mapping[str, Any]) -> Filled:
    """The document of the schema's root element."""
    made = _Filler(schema, defaults).element(schema.root, facts, "")
    root = made.elements[0]
    shown = {made.places.get(element) for element in root.iter() if element.text}
    left_out = [Fault(pointer, "is left out: the receiver's schema has no place for it as it is")
                for pointer in dict.fromkeys(_pointers(facts)) if pointer not in shown]  # fmt: skip
    return Filled(root, made.places, tuple(dict.fromkeys(made.faults)), tuple(left_out))


def _pointers(facts: Any) -> Iterator[str]:
    """The fields of the form that the facts hold a value of."""
    if isinstance(facts, Told):
        yield facts.pointer
    elif isinstance(facts, Mapping):
        for value in facts.values():
            yield from _pointers(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from _pointers(value)


class _Filler:
    def __init__(self, schema: Schema, defaults: Mapping[str, Any]) -> None:
        self._schema, self._defaults = schema, defaults

    def particle(self, particle: Particle, facts: Facts, at: str) -> _Attempt:
        """What stands for a particle among the facts of its parent."""
        if particle.most == 0:
            return _Attempt()
        if particle.kind == "element":
            return self._elements(particle, facts, at)
        if particle.kind == "choice":
            return self._choice(particle, facts, at)
        return self._sequence(particle, facts, at)

    def _sequence(self, particle: Particle, facts: Facts, at: str) -> _Attempt:
        made = _Attempt()
        if particle.least == 0 and not self._has(particle, facts):
            return made
        items = list(self._schema.inside(particle))
        for row in self._repeated(particle, items, facts):
            for item in items:
                made.take(self.particle(item, row, at))
        if particle.least == 0 and made.faults:
            return _Attempt()
        return made

    def _repeated(self, particle: Particle, items: list[Particle], facts: Facts) -> list[Facts]:
        """The facts of each repetition: a group that may come again takes the rows of its elements one by one."""
        if particle.most == 1:
            return [facts]
        single = {item.name for item in items if item.kind == "element" and item.most == 1}
        listed = {name: rows for name in single if isinstance(rows := facts.get(name), list)}
        count = max((len(rows) for rows in listed.values()), default=1)
        return [
            {**facts, **{name: rows[place : place + 1] for name, rows in listed.items()}}
            for place in range(max(1, count))
        ]

    def _choice(self, particle: Particle, facts: Facts, at: str) -> _Attempt:
        branches = list(self._schema.inside(particle))
        told = [branch for branch in branches if self._has(branch, facts)]
        if not told and particle.least == 0:
            return _Attempt()
        attempts = [self.particle(branch, facts, at) for branch in told or branches]
        usable = [attempt for attempt in attempts if attempt.elements] or attempts
        best = min(usable, key=lambda attempt: len(attempt.faults))
        return _Attempt() if particle.least == 0 and best.faults else best

    def _has(self, particle: Particle, facts: Facts) -> bool:
        """True where the facts hold anything that the particle could show."""
        if particle.kind == "element":
            return bool(facts.get(particle.name)) and particle.most != 0
        return any(self._has(item, facts) for item in self._schema.inside(particle))

    def _elements(self, particle: Particle, facts: Facts, at: str) -> _Attempt:
        value = facts.get(particle.name)
        rows = value if isinstance(value, list) else [value] if value else []
        made = _Attempt()
        for row in rows[: particle.most] if particle.most else rows:
            one = self.element(particle, row, at)
            if particle.least > 0 or not one.faults:
                made.take(one)
        if len(made.elements) < particle.least and not made.faults:
            made.take(self.element(particle, None, at))
        return made

    def element(self, particle: Particle, value: Any, at: str) -> _Attempt:
        """One element with its content."""
        pointer = value.get("@", at) if isinstance(value, Mapping) else value.pointer if isinstance(value, Told) else at
        element = etree.Element(particle.name)
        made = _Attempt([element], places={element: pointer})
        if self._schema.is_complex(particle):
            inner = _Attempt()
            for item in self._schema.inside(particle):
                inner.take(self.particle(item, value if isinstance(value, Mapping) else {}, pointer))
            element.extend(inner.elements)
            made.faults = inner.faults
            made.places |= inner.places
            return made
        text = self._text(particle, value if isinstance(value, Told) else None)
        if text is None:
            return _Attempt(faults=[self._fault(particle, value, pointer)])
        element.text = text
        return made

    def _text(self, particle: Particle, told: Told | None) -> str | None:
        """The first way of writing the value that the schema takes; the profile's default; a code for “unknown”."""
        simple = self._schema.simple(particle)
        default = self._defaults.get(particle.name, self._defaults.get(simple.name))
        texts = [particle.fixed] if particle.fixed else [*_ways(told, simple), *([str(default)] if default is not None else []),
                                                         *(code for code in _UNKNOWN if code in simple.codes)]  # fmt: skip
        return next((text for text in texts if (text or simple.base == "string") and simple.takes(text)), None)

    def _fault(self, particle: Particle, value: Any, pointer: str) -> Fault:
        if isinstance(value, Told) and any(value.texts):
            most = self._schema.simple(particle).most
            if most and len(value.texts[0]) > most:
                return Fault(
                    pointer,
                    said("is longer than the {most} characters that the receiver takes", most=most),
                    said("in the file: {name}", name=particle.name),
                )
            return Fault(
                pointer,
                "is not written as the receiver's schema asks for",
                said("in the file: {name}", name=particle.name),
            )
        return Fault(pointer, said("lacks “{name}”, which this receiver asks for", name=particle.name.replace('_', ' ')),
                     "or set a value for it in the receiver's profile")  # fmt: skip


def _ways(told: Told | None, simple: Simple) -> Iterable[str]:
    """Ways to write a text, the truest first: as it is, in Latin letters, without marks, without spaces, digits alone."""
    for text in told.texts if told else ():
        yield text
        if simple.codes:
            continue
        plainer = latin(text)
        words = plain("".join(char if char.isalnum() or char == " " else " " for char in plainer))
        letters = plain("".join(char if char.isalpha() or char == " " else " " for char in plainer))
        yield from (
            way
            for way in (plainer, words, letters, words.replace(" ", ""), letters.replace(" ", ""), digits(text))
            if way
        )
