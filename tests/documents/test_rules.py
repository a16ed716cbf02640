"""Publishing rules for documents, and their page."""

import pytest
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from core.exceptions import InvalidInput
from documents import services
from documents.enums import DocumentState
from documents.extraction.rules import DEFAULT_RULES, rules_as_json
from documents.models import RuleSet
from documents.selectors import codes_of, rules_in_force
from tests.factories.accounts import make_person
from tests.factories.documents import TESTER, make_read_document

pytestmark = pytest.mark.django_db
_RULE = {
    "document_type": "passport", "country": "", "kind": "pattern", "field": "document_number", "value": "^[0-9]+$",
    "sentence": "Passports have digits only.",
}  # fmt: skip


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_person(Role.ADMINISTRATOR))
    return client


def rows(*rules: dict[str, str]) -> dict[str, str]:
    """The page's form with these rules."""
    data = {"rule-TOTAL_FORMS": str(len(rules) + 1), "rule-INITIAL_FORMS": "0"}
    spare = {"document_type": "any", "kind": "pattern"}
    for number, rule in enumerate([*rules, spare]):
        data |= {f"rule-{number}-{name}": value for name, value in rule.items()}
    return data


def test_rules_that_ship_are_in_force_until_others_are_published() -> None:
    assert rules_in_force() == DEFAULT_RULES
    services.publish_rules(rules=[_RULE], by=TESTER)
    assert [rule.value for rule in rules_in_force()] == ["^[0-9]+$"]


def test_document_that_breaks_a_published_rule_is_doubtful() -> None:
    services.publish_rules(rules=[_RULE], by=TESTER)
    document = make_read_document()
    assert document.state == DocumentState.DOUBTFUL
    assert codes_of(document) == ["rule_pattern_document_number"]


def test_publish_rules_is_recorded_with_both_versions() -> None:
    services.publish_rules(rules=[_RULE], by=TESTER)
    services.publish_rules(rules=[], by=TESTER)
    assert list(RuleSet.objects.values_list("number", flat=True)) == [2, 1]
    body = bytes(AuditEntry.objects.filter(action="documents.rules_published").order_by("-stream_seq")[0].body)
    assert b"Passports have digits only." in body


def test_publish_rules_with_a_fault_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(InvalidInput):
        services.publish_rules(rules=[_RULE | {"value": "("}], by=TESTER)
    assert not RuleSet.objects.exists()


def test_page_shows_the_rules_and_publishes_what_its_rows_say(administrator: Client) -> None:
    assert "six to nine letters" in administrator.get("/documents/rules/").content.decode()
    answer = administrator.post("/documents/rules/", rows(_RULE, _RULE | {"country": "DE", "DELETE": "on"}))
    assert answer.status_code == 302
    assert rules_as_json(rules_in_force()) == [_RULE]


def test_page_with_a_bad_pattern_keeps_what_was_typed_and_says_what_is_wrong(administrator: Client) -> None:
    page = administrator.post("/documents/rules/", rows(_RULE | {"value": "(["})).content.decode()
    assert "no regular expression" in page
    assert "([" in page


def test_trying_a_value_says_which_rules_it_breaks(administrator: Client) -> None:
    form = {"document_type": "passport", "country": "GB", "field": "document_number", "value": "12345678X"}
    page = administrator.post("/documents/rules/try/", form).content.decode()
    assert "Broken" in page
    assert "British" in page


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MLRO, Role.AUDITOR])
def test_page_is_for_administrators(client: Client, role: Role) -> None:
    client.force_login(make_person(role))
    assert client.get("/documents/rules/").status_code == 403
    assert client.post("/documents/rules/", rows()).status_code == 403
