"""Rules against a document. A rule that cannot be decided, because the value was not read, does not apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.words import said
from documents.extraction.checks import FAILED, NOT_APPLICABLE, PASSED, CheckResult, DocumentFacts
from documents.extraction.checks.form import country_code
from documents.extraction.rules.shapes import ANY, Rule, compiled

_LONGEST_VALUE = 500
_ISSUED = ("issue_date", "date_of_issue", "period_end")
_PLACES = {
    "newest_days": _ISSUED, "least_days_left": ("date_of_expiry",), "least_age": ("date_of_birth",),
}  # fmt: skip


@dataclass(frozen=True)
class Firing:
    """A rule and whether a document keeps it; None where that cannot be said."""

    rule: Rule
    holds: bool | None


def check_rules(document: DocumentFacts, rules: Sequence[Rule], today: date) -> list[CheckResult]:
    """A check for every rule that is about this document."""
    return [_result(firing, document) for firing in try_rules(document, rules, today)]


def try_rules(document: DocumentFacts, rules: Sequence[Rule], today: date) -> list[Firing]:
    """Every rule about this document with its outcome."""
    return [Firing(rule, _holds(rule, document, today)) for rule in rules_for(document, rules)]


def rules_for(document: DocumentFacts, rules: Sequence[Rule]) -> list[Rule]:
    """The rules of its type; one of its country stands in for the one of every country about the same."""
    country = country_code(document.value("issuing_state") or document.value("nationality"))
    about = [rule for rule in rules if rule.document_type in {ANY, document.document_type}]
    own = [rule for rule in about if rule.country and rule.country == country]
    replaced = {(rule.kind, rule.field) for rule in own}
    return own + [rule for rule in about if not rule.country and (rule.kind, rule.field) not in replaced]


def _holds(rule: Rule, document: DocumentFacts, today: date) -> bool | None:
    value = document.value(rule.field) if rule.field else ""
    if rule.kind == "required":
        return bool(value)
    if rule.kind == "pattern":
        return bool(compiled(rule.value).fullmatch(value[:_LONGEST_VALUE])) if value else None
    moment = document.date(*_PLACES[rule.kind])
    return None if moment is None else _in_time(rule, moment, today)


def _in_time(rule: Rule, moment: date, today: date) -> bool:
    number = int(rule.value)
    if rule.kind == "least_age":
        return today.year - moment.year - ((today.month, today.day) < (moment.month, moment.day)) >= number
    if rule.kind == "newest_days":
        return moment >= today - timedelta(days=number)
    return moment >= today + timedelta(days=number)


def _result(firing: Firing, document: DocumentFacts) -> CheckResult:
    rule = firing.rule
    where = document.places(*([rule.field] if rule.field else _PLACES.get(rule.kind, ())))
    if firing.holds is None:
        return CheckResult(
            rule.code,
            NOT_APPLICABLE,
            said("The value for a rule of the house was not read: {sentence}", sentence=rule.sentence),
        )
    if firing.holds:
        return CheckResult(
            rule.code, PASSED, said("{told}, as the rules of the house demand.", told=_told(rule)), where
        )
    return CheckResult(rule.code, FAILED, rule.sentence, where)


def _told(rule: Rule) -> str:
    name = rule.field.replace("_", " ")
    return {
        "pattern": said("The {name} has the form that is known", name=name),
        "required": said("The {name} was read", name=name),
        "newest_days": said("The document is new enough"),
        "least_days_left": said("The document is valid long enough"),
        "least_age": said("The holder is old enough"),
    }[rule.kind]
