"""Where two values differ, letter by letter, so that a page can mark it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LEAST_ALIKE = 0.5


@dataclass(frozen=True)
class Part:
    """A piece of a value; `differs` where the other side has something else there."""

    text: str
    differs: bool


Marked = tuple[Part, ...]


def marked_names(mine: str, listed: str) -> tuple[Marked, Marked]:
    """Both names with what differs; words are compared with their likeliest counterparts, whatever their order."""
    left, right = mine.split(), listed.split()
    pairs = _counterparts(left, right)
    back = {other: word for word, other in pairs.items()}
    return (
        _joined(_letters(word, right[pairs[place]])[0] if place in pairs else (Part(word, True),)
                for place, word in enumerate(left)),
        _joined(_letters(left[back[place]], word)[1] if place in back else (Part(word, True),)
                for place, word in enumerate(right)),
    )  # fmt: skip


def marked_values(mine: Sequence[str], listed: Sequence[str]) -> tuple[list[Marked], list[Marked]]:
    """Each value with what differs from its nearest on the other side; unmarked where that side has none."""
    return [_nearest(value, listed) for value in mine], [_nearest(value, mine) for value in listed]


def _nearest(value: str, others: Sequence[str]) -> Marked:
    if not others:
        return (Part(value, False),)
    best = max(others, key=lambda other: _likeness(value, other))
    return _letters(value, best)[0] if _likeness(value, best) >= _LEAST_ALIKE else (Part(value, True),)


def _counterparts(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Position of each word's counterpart, greedily by likeness; a word without one is left out."""
    ranked = sorted(
        (
            (_likeness(word, other), place, there)
            for place, word in enumerate(left)
            for there, other in enumerate(right)
        ),
        key=lambda item: (-item[0], abs(item[1] - item[2])),
    )
    found: dict[int, int] = {}
    for likeness, place, there in ranked:
        if likeness >= _LEAST_ALIKE and place not in found and there not in found.values():
            found[place] = there
    return found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _letters(one: str, other: str) -> tuple[Marked, Marked]:
    """Two values letter by letter. Case does not count, unless folding it changes a length (then they are wholly marked)."""
    folded = one.casefold(), other.casefold()
    if (len(folded[0]), len(folded[1])) != (len(one), len(other)):
        return (Part(one, folded[0] != folded[1]),), (Part(other, folded[0] != folded[1]),)
    left: list[Part] = []
    right: list[Part] = []
    for kind, start, end, there, until in _opcodes(*folded):
        left.append(Part(one[start:end], kind != "equal"))
        right.append(Part(other[there:until], kind != "equal"))
    return tuple(part for part in left if part.text), tuple(part for part in right if part.text)


def _opcodes(one: str, other: str) -> Iterable[tuple[str, int, int, int, int]]:
    """Dates and numbers of one length place by place (a digit is never slid along), everything else by the longest runs."""
    if len(one) == len(other) and any(char.isdigit() for char in one):
        return [
            ("equal" if a == b else "replace", place, place + 1, place, place + 1)
            for place, (a, b) in enumerate(zip(one, other, strict=True))
        ]
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _joined(words: Iterable[Marked]) -> Marked:
    """Words with a space between them."""
    parts: list[Part] = []
    for word in words:
        parts += [Part(" ", False), *word] if parts else word
    return tuple(parts)
