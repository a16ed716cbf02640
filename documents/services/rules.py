"""Publishing rules for documents."""

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from documents import actions
from documents.extraction.rules import rules_as_json, rules_from_json
from documents.models import RuleSet
from documents.selectors import rule_sets, rules_in_force


@transaction.atomic
def publish_rules(*, rules: list[dict[str, str]], by: Actor) -> RuleSet:
    """A new version of the rules, in force for every document read or corrected from now on.

    Side effects: the version, an audit entry with the rules before and after. Raises InvalidInput with a fault for
    everything wrong, pointing at `/<number>/<part>`.
    """
    read, faults = rules_from_json(rules)
    if faults:
        raise InvalidInput("The rules are not valid.", [Fault(*fault) for fault in faults])
    before = rules_as_json(rules_in_force())
    newest = rule_sets().first()
    published = RuleSet.objects.create(
        number=newest.number + 1 if newest else 1, rules=rules_as_json(read), published_by=by.name
    )
    record(
        actions.RULES_PUBLISHED, by=by, object_type="document_rules", object_id=published.pk, stream="config",
        before={"rules": before}, after={"number": published.number, "rules": published.rules},
    )  # fmt: skip
    return published
