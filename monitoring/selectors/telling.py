"""What a finding says, in the words of its field."""

from monitoring.models import Finding, ScenarioVersion
from monitoring.rules.checker import Rule
from monitoring.rules.telling import Told, counterfactuals, told_trace
from monitoring.selectors.lists import definition_of

_MOST_RULES = 200
_rules: dict[object, Rule] = {}


def told_of(finding: Finding) -> list[Told]:
    """The trace of a finding: each condition with its real value, and whether it held; of a model what raised the score."""
    if finding.version.is_by_model:
        return [Told(0, True, node["sentence"]) for node in finding.trace]
    return told_trace(_rule_of(finding.version), finding.trace)


def otherwise_of(finding: Finding) -> list[str]:
    """What would have kept the finding's scenario from firing; of a model its score says that itself."""
    if finding.version.is_by_model:
        return []
    return counterfactuals(_rule_of(finding.version), finding.trace)


def _rule_of(version: ScenarioVersion) -> Rule:
    """The rule of a version, which never changes."""
    if version.pk not in _rules:
        if len(_rules) >= _MOST_RULES:
            _rules.clear()
        _rules[version.pk] = definition_of(version).checked()
    return _rules[version.pk]
