"""The list of versions says what changed by each."""

from django import forms

from core.templatetags.versions import with_changes
from customers.models import RatingPolicy
from documents.models import RuleSet


class _Form(forms.Form):
    geography = forms.DecimalField(label="Weight of geography")


def test_a_version_tells_what_changed_as_the_form_calls_it() -> None:
    rows = [RatingPolicy(number=number, factors={"weights": {"geography": weight, "pep": "5"}})
            for number, weight in ((3, "20"), (2, "20"), (1, "10"))]  # fmt: skip
    told = with_changes(rows, _Form())
    assert [[(one.label, one.before, one.after) for one in row.changes] for row in told] == [
        [], [("Weight of geography", "10", "20")], [("Weight of geography", "–", "10"), ("Pep", "–", "5")],
    ]  # fmt: skip
    assert [row.is_first for row in told] == [False, False, True]


def test_of_lists_it_tells_how_many_came_and_went() -> None:
    told = with_changes([RuleSet(number=2, rules=[1, 2, 4]), RuleSet(number=1, rules=[1, 2, 3])])
    (change,) = told[0].changes
    assert (change.label, change.before, change.after) == ("Rules", 3, "3 (1 new or changed, 1 gone or changed)")


def test_the_oldest_shown_of_many_is_not_called_the_first() -> None:
    (told,) = with_changes([RuleSet(number=7, rules=[])])
    assert not told.is_first
