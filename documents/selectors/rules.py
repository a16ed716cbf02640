"""The rules for documents, as published."""

from django.db.models import QuerySet

from documents.extraction.rules import DEFAULT_RULES, Rule, rules_from_json
from documents.models import RuleSet


def rule_sets() -> QuerySet[RuleSet]:
    """Every published version, newest first; the first is in force."""
    return RuleSet.objects.all()


def rules_in_force() -> tuple[Rule, ...]:
    """The rules of the newest version; those that ship where none was published."""
    newest = rule_sets().first()
    return rules_from_json(newest.rules)[0] if newest else DEFAULT_RULES
