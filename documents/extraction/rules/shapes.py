"""What a rule is, and reading rules from JSON with a fault for everything wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import re2

from core.places import is_country
from core.words import said
from documents.extraction.fields_known import FIELD_NAMES, TYPES

ANY = "any"
# What a rule demands, in words for its form; the second is what its value is.
KINDS = {
    "pattern": (said("a value has a pattern"), said("a regular expression")),
    "required": (said("a value is there"), ""),
    "newest_days": (said("it was issued at most so many days ago"), "days"),
    "least_days_left": (said("it is valid for so many days more"), "days"),
    "least_age": (said("its holder is at least so many years old"), "years"),
}
_WITH_FIELD = frozenset({"pattern", "required"})
_LONGEST_PATTERN, _LONGEST_SENTENCE, _LONGEST_NUMBER = 200, 200, 5
_MOST_RULES = 300
Fault = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """`document_type` is a type or `any`; `country` an ISO 3166-1 alpha-2 code or empty for every country.

    `field` is the value looked at (for `pattern` and `required`), `value` the pattern or number, `sentence` what a
    reviewer reads where the rule is broken.
    """

    document_type: str
    country: str
    kind: str
    field: str
    value: str
    sentence: str

    @property
    def code(self) -> str:
        """The code of its check."""
        return "_".join(filter(None, ("rule", self.kind, self.field)))[:40]


def compiled(pattern: str) -> Any:
    """The pattern by RE2, which takes time in proportion to the text whatever the pattern; raises re2.error."""
    options = re2.Options()
    options.max_mem, options.log_errors = 1 << 20, False
    return re2.compile(pattern, options)


def rules_from_json(data: object) -> tuple[tuple[Rule, ...], list[Fault]]:
    """(rules, faults as pointer and what is wrong); no rule where there is a fault."""
    if not isinstance(data, Sequence) or isinstance(data, str) or len(data) > _MOST_RULES:
        return (), [("/", said("must be a list of at most {most_rules} rules", most_rules=_MOST_RULES))]
    faults: list[Fault] = []
    rules: list[Rule] = []
    for number, item in enumerate(data):
        wrong = [(f"/{number}{pointer}", told) for pointer, told in _faults_of(item)]
        faults += wrong
        if not wrong:
            rules.append(Rule(**item))
    return (() if faults else tuple(rules)), faults


def rules_as_json(rules: Sequence[Rule]) -> list[dict[str, str]]:
    """The list that `rules_from_json` reads."""
    return [asdict(rule) for rule in rules]


def _faults_of(item: Any) -> list[Fault]:
    names = set(Rule.__dataclass_fields__)
    if (
        not isinstance(item, Mapping)
        or set(item) != names
        or not all(isinstance(value, str) for value in item.values())
    ):
        return [("", said("must be an object of the texts {names}", names=", ".join(sorted(names))))]
    faults: list[Fault] = []
    if item["document_type"] not in {ANY, *TYPES}:
        faults.append(("/document_type", said("is no type of document")))
    if item["country"] and not is_country(item["country"]):
        faults.append(("/country", said("is no country of ISO 3166")))
    if not 0 < len(item["sentence"].strip()) <= _LONGEST_SENTENCE:
        faults.append(
            (
                "/sentence",
                said("is missing or longer than {longest_sentence} characters", longest_sentence=_LONGEST_SENTENCE),
            )
        )
    return [*faults, *_kind_faults(item)]


def _kind_faults(item: Mapping[str, str]) -> list[Fault]:
    kind = item["kind"]
    if kind not in KINDS:
        return [("/kind", said("is no kind of rule"))]
    if kind in _WITH_FIELD and item["field"] not in FIELD_NAMES:
        return [("/field", said("is no value that is read"))]
    if kind == "pattern":
        return _pattern_faults(item["value"])
    if kind != "required" and not (item["value"].isdecimal() and len(item["value"]) <= _LONGEST_NUMBER):
        return [("/value", said("must be a whole number"))]
    return []


def _pattern_faults(pattern: str) -> list[Fault]:
    if not 0 < len(pattern) <= _LONGEST_PATTERN:
        return [
            ("/value", said("is missing or longer than {longest_pattern} characters", longest_pattern=_LONGEST_PATTERN))
        ]
    try:
        compiled(pattern)
    except re2.error:
        return [("/value", said("is no regular expression that can be used here (no look-around, no back-reference)"))]
    return []
