"""Rules of one's own for documents: per type and country, as data that administrators edit."""

from documents.extraction.rules.defaults import DEFAULT_RULES
from documents.extraction.rules.evaluating import Firing, check_rules, rules_for, try_rules
from documents.extraction.rules.shapes import ANY, KINDS, Rule, rules_as_json, rules_from_json

__all__ = [
    "ANY", "DEFAULT_RULES", "KINDS", "Firing", "Rule", "check_rules", "rules_as_json", "rules_for", "rules_from_json",
    "try_rules",
]  # fmt: skip
