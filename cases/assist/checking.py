"""Whether each line of a text says only what the evidence it cites says. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\s*\[(\d{1,4})\]")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence in a sentence, with its kind and id."""

    kind: str
    evidence_id: str
    sentence: str


@dataclass(frozen=True)
class CheckedLine:
    """A line with what is wrong with it; without faults it stands."""

    text: str
    faults: list[str]


def drafted_text(evidence: Sequence[Evidence]) -> str:
    """One line a piece of evidence, marked with its number."""
    return "\n".join(f"{_flat(item.sentence).rstrip('.')}. [{mark}]" for mark, item in enumerate(evidence, start=1))


def checked_lines(text: str, evidence: Sequence[Evidence]) -> list[CheckedLine]:
    """Every line that is not empty, with its faults.

    A line cites evidence by number; each of its figures, dates and capitalised words must stand in what it cites. The
    first word of a line is capitalised anyway and is not taken for a name.
    """
    return [CheckedLine(line.strip(), _faults(line.strip(), evidence)) for line in text.splitlines() if line.strip()]


def sources_of(text: str, evidence: Sequence[Evidence]) -> str:
    """What the numbers in `text` cite, a line each: evidence is numbered anew when more comes, kinds and ids stay."""
    cited = sorted({int(mark) for mark in _MARK.findall(text)})
    return "\n".join(f"[{mark}] {evidence[mark - 1].kind} {evidence[mark - 1].evidence_id}" for mark in cited)


def _faults(line: str, evidence: Sequence[Evidence]) -> list[str]:
    marks, said = [int(mark) for mark in _MARK.findall(line)], _MARK.sub("", line)
    if not marks:
        return ["cites no evidence"]
    unknown = [f"[{mark}] is no evidence of this case" for mark in marks if not 1 <= mark <= len(evidence)]
    if unknown:
        return unknown
    cited = " ".join(_flat(evidence[mark - 1].sentence) for mark in marks)
    figures, words = set(_FIGURE.findall(cited)), set(_WORD.findall(cited))
    wrong = [figure for figure in _FIGURE.findall(said) if figure not in figures]
    wrong += [word for word in _WORD.findall(said)[1:] if word[0].isupper() and word not in words]
    return [f"“{token}” is not in the evidence cited" for token in dict.fromkeys(wrong)]


def _flat(sentence: str) -> str:
    """On one line, without what would read as the mark of a citation."""
    return " ".join(_MARK.sub("", sentence).split())
