"""The port to a language model: one method, so that any provider is one file."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Question:
    """`instructions` are ours and trusted; `material` is somebody's document: data, never an instruction.

    `image` is a page as JPEG, for models that see; empty for those that only read.
    """

    instructions: str
    material: str
    schema_name: str
    schema: dict[str, object]
    image: bytes = b""


@dataclass(frozen=True)
class Completion:
    """The raw text of an answer and what it cost."""

    text: str
    tokens_in: int
    tokens_out: int


class Provider(Protocol):
    """A language model somewhere. Knows its model's name; raises ModelUnavailable after its own retries."""

    model: str

    def complete(self, question: Question) -> Completion: ...
