"""What kind of document this is: by its machine-readable zone, else by the words on it, with the reasons."""

import math
import re
from functools import cache
from pathlib import Path

import yaml
from anyascii import anyascii

from core.words import said
from documents.extraction.mrz.states import is_state
from documents.extraction.shapes import MrzReading
from documents.extraction.type_model import shares_of_types

IDENTITY_WITH_ZONE = frozenset({"passport", "national_id", "travel_document", "residence_permit", "visa"})
IDENTITY = IDENTITY_WITH_ZONE | {"driving_licence"}
_WORDS = Path(__file__).with_name("types.yaml")
_ENOUGH = 3  # weight of words without which rules say nothing
_CLEAR = 3.0  # how many times the second type's weight makes the rules certain by themselves
_LIKELY = 0.45  # below it, the document is of no known kind
_LEARNT, _ALONE = 0.75, 0.75  # a type by the trained model alone: how sure it must be, and what it then counts for
_STRONG_HEAD = 1.5  # a word in the upper third names the document, one below may be anything
_REASONS, _TITLE, _WEIGHT_OF_MODEL = 4, 3, 0.7
_REFUGEE_CODES = frozenset({"PR", "PT", "PS", "PU"})  # ICAO 9303-4: refugees, aliens, stateless persons, UN


def classify(text: str, zone: MrzReading | None) -> tuple[str, float, tuple[str, ...]]:
    """(type, probability 0-1, reasons); `unknown` where too little speaks for anything.

    `other` is a document that is recognised and is of no kind that the checks know.
    """
    lines = [" ".join(anyascii(line).lower().replace("`", "'").split()) for line in text.splitlines()]
    return _by_words(lines) if zone is None else _by_zone(zone, "\n".join(lines))


def _by_zone(zone: MrzReading, text: str) -> tuple[str, float, tuple[str, ...]]:
    reason = said(
        "machine-readable zone of format {format} starting with {lines}", format=zone.format, lines=zone.lines[0][:2]
    )
    return _kind_of(zone, text), 0.99 if zone.valid else 0.8, (reason,)


def _kind_of(zone: MrzReading, text: str) -> str:
    """Parts 4 to 7 of ICAO 9303 give the first letters to passports and visas; cards name themselves in words."""
    code, named = zone.lines[0][:2], text.replace("<", " ")
    scores = {kind: sum(weight for _, weight in _found(kind, named)) for kind in IDENTITY_WITH_ZONE}
    if code[0] == "V":
        return "visa"
    if code[0] == "P":
        refugee = code in _REFUGEE_CODES and not is_state(zone.lines[0][1:4])
        return "travel_document" if refugee or scores["travel_document"] > scores["passport"] else "passport"
    if zone.format == "FRA-ID":
        return "national_id"
    if code in {"IR", "AR", "RP", "C1", "C2"}:
        return "residence_permit"
    kind = max(("residence_permit", "national_id", "travel_document"), key=lambda name: scores[name])
    if scores[kind]:
        return kind
    return "national_id" if zone.format == "TD1" else "travel_document"


def _by_words(lines: list[str]) -> tuple[str, float, tuple[str, ...]]:
    """Rules decide where they are clear; else their shares and the trained model's are taken together."""
    scores = {kind: _score(kind, lines) for kind in _patterns()}
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    best, second = ranked[0], ranked[1]
    clear = scores[best] >= 2 * _ENOUGH and scores[best] >= _CLEAR * scores[second]
    text = "\n".join(lines)
    learnt = {} if clear or best in IDENTITY else shares_of_types(text)
    shares = _shares(scores, learnt)
    kind = max(shares, key=lambda name: shares[name])
    guess = max(learnt, key=lambda name: learnt[name], default="")
    if scores[kind] < _ENOUGH and learnt.get(guess, 0.0) >= _LEARNT:
        return guess, round(learnt[guess] * _ALONE, 2), (said("its words together are those of this type"),)
    if scores[kind] < _ENOUGH or shares[kind] < _LIKELY:
        return "unknown", round(shares[kind], 2), (said("too little on it speaks for a type"),)
    found = sorted(_found(kind, text), key=lambda item: item[1], reverse=True)
    return (
        kind,
        round(min(shares[kind], 0.99), 2),
        tuple(said("contains “{word}”", word=word) for word, _ in found[:_REASONS]),
    )


def _shares(scores: dict[str, float], learnt: dict[str, float]) -> dict[str, float]:
    """Weights as probabilities: three points of weight make a type e times as likely; nothing found is a rival, too.

    What the model learnt raises or lowers them by how far it is from saying nothing (the same share for every type).
    """
    count = len(learnt)
    factors = {kind: (share * count) ** _WEIGHT_OF_MODEL for kind, share in learnt.items()}
    powers = {kind: math.exp(score / 3) * factors.get(kind, 1.0) for kind, score in scores.items() if score}
    whole = sum(powers.values()) + math.exp(_ENOUGH / 3)
    return {kind: powers.get(kind, 0.0) / whole for kind in scores}


def is_title(text: str) -> bool:
    """Whether a line of plain text names a type of document, as a heading does."""
    lowered = " ".join(anyascii(text).lower().split())
    return any(weight >= _TITLE for kind in _patterns() for _, weight in _found(kind, lowered))


def _score(kind: str, lines: list[str]) -> float:
    head = "\n".join(lines[: max(4, len(lines) // 3)])
    rest = "\n".join(lines[max(4, len(lines) // 3) :])
    in_head = _found(kind, head)
    words = {word for word, _ in in_head}
    return _STRONG_HEAD * sum(weight for _, weight in in_head) + sum(
        w for word, w in _found(kind, rest) if word not in words
    )


def _found(kind: str, text: str) -> list[tuple[str, int]]:
    return [(word, weight) for word, (pattern, weight) in _patterns()[kind].items() if pattern.search(text)]


@cache
def _patterns() -> dict[str, dict[str, tuple[re.Pattern[str], int]]]:
    known = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {
        kind: {word.rstrip("*"): (_pattern(word), weight) for word, weight in words.items()}
        for kind, words in known.items()
    }


def _pattern(word: str) -> re.Pattern[str]:
    """The word with any blanks between its parts: a reader may pass one over."""
    body = re.escape(word.rstrip("*")).replace(r"\ ", r"\s*")
    return re.compile(rf"\b{body}" + ("" if word.endswith("*") else r"\b"))
