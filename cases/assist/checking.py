"""Whether each line of a text says only what the evidence it cites says. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cases.assist.figures import figures_of, supported

_MARK = re.compile(r"\s*\[(\d{1,4})\]")
_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = frozenset(
    [
        "a",
        "according",
        "after",
        "all",
        "also",
        "an",
        "and",
        "another",
        "as",
        "at",
        "before",
        "between",
        "both",
        "by",
        "during",
        "each",
        "for",
        "from",
        "he",
        "her",
        "his",
        "in",
        "it",
        "its",
        "on",
        "one",
        "over",
        "she",
        "since",
        "such",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "two",
        "under",
        "until",
        "while",
        "with",
        "within",
    ]
)
_JUDGES = re.compile(
    r"\b(approv\w+|reject\w*|refus\w+|clear(?:ed|s)?|clos(?:e|ed|ing)|dismiss\w*|innocen\w+|guilt\w*|should|must|ought|"
    r"recommend\w*|ignor\w+|disregard\w*|instruct\w+|verified|genuine|authentic|low risk|false positive|whitelist\w*)\b",
    re.IGNORECASE,
)
_STEM, _LEAST_SHARE = 5, 0.5


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
    return "\n".join(f"{one_line(item.sentence).rstrip('.')}. [{mark}]" for mark, item in enumerate(evidence, start=1))


def checked_lines(text: str, evidence: Sequence[Evidence], *, by_machine: bool = False) -> list[CheckedLine]:
    """Every line that is not empty, with its faults.

    A line cites evidence by number; each of its figures, dates and capitalised words must stand in what it cites, in
    whichever form. The first word of a line is capitalised anyway and is not taken for a name. A line `by_machine` must
    besides share half its words with what it cites, begin with no name of its own, and judge nothing: that is for people.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [CheckedLine(line, _faults(line, evidence, by_machine=by_machine)) for line in lines]


def marks_of(text: str) -> set[int]:
    """The numbers of evidence that a text cites."""
    return {int(mark) for mark in _MARK.findall(text)}


def one_line(text: str) -> str:
    """On one line, without what would read as the mark of a citation."""
    return " ".join(_MARK.sub("", text).split())


def sources_of(text: str, evidence: Sequence[Evidence]) -> str:
    """What the numbers in `text` cite, a line each: evidence is numbered anew when more comes, kinds and ids stay."""
    return "\n".join(
        f"[{mark}] {evidence[mark - 1].kind} {evidence[mark - 1].evidence_id}" for mark in sorted(marks_of(text))
    )


def _faults(line: str, evidence: Sequence[Evidence], *, by_machine: bool) -> list[str]:
    marks, said = sorted(marks_of(line)), _MARK.sub("", line)
    if not marks:
        return ["cites no evidence"]
    unknown = [f"[{mark}] is no evidence of this case" for mark in marks if not 1 <= mark <= len(evidence)]
    if unknown:
        return unknown
    rests_on = [evidence[mark - 1] for mark in marks]
    cited = " ".join(one_line(item.sentence) for item in rests_on)
    known, (figures, rest) = supported(cited), figures_of(said)
    wrong = [written for written, form in figures.items() if form not in known]
    words = {word.casefold() for word in _WORD.findall(cited)}
    wrong += [word for word in _WORD.findall(rest)[1:] if not word[0].islower() and word.casefold() not in words]
    faults = [f"“{token}” is not in the evidence cited" for token in dict.fromkeys(wrong)]
    return faults + (_faults_of_machine(said, cited, rests_on) if by_machine and not faults else [])


def _faults_of_machine(said: str, cited: str, rests_on: Sequence[Evidence]) -> list[str]:
    told, known = _WORD.findall(said), {word.casefold() for word in _WORD.findall(cited)}
    if told and not told[0][0].islower() and told[0].casefold() not in known | _OPENERS:
        return [f"begins with “{told[0]}”, which is not in the evidence cited"]
    heads = [_head_of(item) for item in rests_on]
    judged = [found[0] for found in _JUDGES.finditer(said) if not all(_has_stem(head, found[0]) for head in heads)]
    if judged:
        return [f"judges or instructs (“{judged[0]}”): that is for people"]
    unsaid = [head for head in heads if head and _JUDGES.search(said) and not _has_stem(said, head.rpartition("(")[2])]
    if unsaid:
        return ["tells a decision without how it stands"]
    stems, content = {word[:_STEM] for word in known}, [word.casefold() for word in told if len(word) >= _STEM - 1]
    shared = sum(word[:_STEM] in stems for word in content)
    return ["says more than the evidence cited"] if shared < _LEAST_SHARE * len(content) else []


def _head_of(item: Evidence) -> str:
    """What a decision is and how it stands (`Reject (Approved`); the rationale after it is whatever somebody typed."""
    return item.sentence.partition("): ")[0] if item.kind == "decision" else ""


def _has_stem(text: str, word: str) -> bool:
    return word[:_STEM].casefold() in {known[:_STEM].casefold() for known in _WORD.findall(text)}
