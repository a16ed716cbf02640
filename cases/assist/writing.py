"""Having a language model retell evidence. It learns what is on file about a customer, never what the text is for."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ai.services import Told, ask_with_cost, prompt_named
from cases.assist.checking import CheckedLine, Evidence, checked_lines, drafted_text, marks_of, one_line
from core.exceptions import Unavailable
from core.instructions import reads_as_instruction

MODEL, TEMPLATE = "model", "template"
_PART, _LONGEST = 8, 900
_Written = tuple[CheckedLine, str]


class Sentence(BaseModel):
    """A statement and the numbers of the evidence it rests on."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=600)]
    evidence: Annotated[list[int], Field(max_length=8)]


class Account(BaseModel):
    """What a model answers."""

    model_config = ConfigDict(extra="forbid")
    sentences: Annotated[list[Sentence], Field(max_length=24)]


@dataclass
class Text:
    """Lines with who wrote each; `note` says why the template wrote what the model was asked for."""

    lines: list[dict[str, object]] = field(default_factory=list)
    note: str = ""
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0

    def add(self, lines: Sequence[CheckedLine], by: str) -> None:
        self.lines += [asdict(line) | {"by": by} for line in lines]

    def cost(self, told: Told[Account]) -> None:
        self.model = told.model
        self.tokens_in += told.tokens_in
        self.tokens_out += told.tokens_out
        self.milliseconds += told.milliseconds


def written(evidence: Sequence[Evidence], *, subject_id: UUID, report: Callable[[int, int], None]) -> Text:
    """The evidence retold, in parts of eight pieces; lines that do not agree with what they cite carry their faults.

    Evidence that no line without faults cites follows in the template's words, so nothing on file is left out. After a
    failure the model is not asked for the parts that are left. What reads like an instruction to a machine it is not given:
    the template quotes it. Outside any transaction: waits for a network.
    Side effects: those of `ai.services.ask_with_cost` for each part, answers kept under the key of `subject_id`.
    """
    text = Text()
    numbered = list(enumerate(evidence, start=1))
    parts = [numbered[at : at + _PART] for at in range(0, len(evidence), _PART)]
    for number, part in enumerate(parts):
        report(number, len(parts))
        given = [(mark, item) for mark, item in part if not reads_as_instruction(item.sentence)]
        said = _told(text, given, evidence, subject_id) if given and not text.note else []
        text.add(said, MODEL)
        cited = {mark for line in said if not line.faults for mark in marks_of(line.text)}
        text.add(_by_template([mark for mark, _ in part if mark not in cited], evidence), TEMPLATE)
    report(len(parts), len(parts))
    return text


def by_template(evidence: Sequence[Evidence]) -> Text:
    """The evidence in the template's words alone."""
    text = Text()
    text.add(_by_template(range(1, len(evidence) + 1), evidence), TEMPLATE)
    return text


def _told(
    text: Text, part: Sequence[tuple[int, Evidence]], evidence: Sequence[Evidence], subject_id: UUID
) -> list[CheckedLine]:
    try:
        told = ask_with_cost(
            purpose="case_account", prompt=prompt_named("case_account"), material=_material(part), shape=Account,
            subject_id=subject_id, personal=True,
        )  # fmt: skip
    except Unavailable as error:
        text.note = error.message[:200]
        return []
    text.cost(told)
    return checked_lines("\n".join(_lines(told.answer)), evidence, by_machine=True)


def _material(part: Sequence[tuple[int, Evidence]]) -> str:
    """A line of JSON a piece: what stands in quotes cannot pass for a further piece."""
    return "\n".join(
        json.dumps({"number": mark, "kind": item.kind, "says": one_line(item.sentence)[:_LONGEST]}, ensure_ascii=False)
        for mark, item in part
    )


def _lines(account: Account) -> Iterator[str]:
    for sentence in account.sentences:
        if said := one_line(sentence.text):
            yield " ".join([said, *(f"[{mark}]" for mark in dict.fromkeys(sentence.evidence))])


def _by_template(marks: Sequence[int], evidence: Sequence[Evidence]) -> list[CheckedLine]:
    lines = drafted_text(evidence).splitlines()
    return [CheckedLine(lines[mark - 1], []) for mark in marks]
