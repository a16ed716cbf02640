"""What the checker says about a rule: where, what, and what instead."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RuleFault:
    """`path` is a JSON pointer into the scenario (`/rule/all/1/compare/0`)."""

    path: str
    code: str
    message: str
    suggestion: str = ""


class RuleInvalid(Exception):
    """The rule has faults."""

    def __init__(self, faults: Sequence[RuleFault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


def suggestion_for(word: str, allowed: Iterable[str]) -> str:
    """The nearest allowed word as a question, or all of them."""
    known = list(allowed)
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}" if known else "there is none yet"
