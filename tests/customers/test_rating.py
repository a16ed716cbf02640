"""The rating engine."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.risk.evidence import RiskEvidence, RiskSubject
from customers.risk.factors import FACTORS
from customers.risk.policy import policy_as_json, policy_from_json
from customers.risk.rating import DEFAULT_POLICY, HIGH, LOW, MEDIUM, PolicyShape, rate

_EVIDENCE = st.builds(
    RiskEvidence, pep=st.booleans(), sanction_confirmed=st.booleans(), open_hits=st.integers(0, 5),
    documents_verified=st.integers(0, 3), documents_doubtful=st.integers(0, 3), open_alerts=st.integers(0, 3),
)  # fmt: skip
_SUBJECTS = st.builds(
    RiskSubject, is_organisation=st.booleans(), countries=st.lists(st.sampled_from(["DE", "IR", "YE"])).map(tuple),
    product=st.sampled_from(["", "savings", "crypto", "other"]), channel=st.sampled_from(["", "branch", "agent"]),
    occupation=st.sampled_from(["", "casino owner", "teacher"]),
    owner_shares=st.lists(st.sampled_from([None, Decimal(30), Decimal(60)]), max_size=3).map(tuple), evidence=_EVIDENCE,
)  # fmt: skip
_WEIGHTS = st.fixed_dictionaries({code: st.integers(0, 100).map(Decimal) for code in FACTORS})


def _subject(**evidence: object) -> RiskSubject:
    return RiskSubject(
        False, ("DE",), "savings", "branch", "teacher", (), RiskEvidence(documents_verified=1, **evidence)
    )


@given(_SUBJECTS, _WEIGHTS.filter(lambda weights: any(weights.values())))
def test_rate_of_anybody_is_the_sum_of_its_contributions_within_0_and_100(
    subject: RiskSubject, weights: dict[str, Decimal]
) -> None:
    rating = rate(subject, PolicyShape(weights, Decimal(25), Decimal(50)))
    assert rating.score == sum(part.contribution for part in rating.contributions)
    assert 0 <= rating.score <= 101
    assert all(part.reason for part in rating.contributions)


@given(_SUBJECTS)
def test_rate_with_an_open_hit_is_never_below_the_rate_without(subject: RiskSubject) -> None:
    clean = RiskSubject(**{**vars(subject), "evidence": RiskEvidence()})
    hit = RiskSubject(**{**vars(subject), "evidence": RiskEvidence(open_hits=1)})
    assert rate(hit, DEFAULT_POLICY).score >= rate(clean, DEFAULT_POLICY).score


def test_rate_of_an_ordinary_customer_is_low() -> None:
    assert rate(_subject(), DEFAULT_POLICY).level == LOW


@pytest.mark.parametrize("evidence", [{"pep": True}, {"sanction_confirmed": True}])
def test_rate_with_a_floor_is_high_and_enhanced_whatever_the_score(evidence: dict[str, bool]) -> None:
    rating = rate(_subject(**evidence), DEFAULT_POLICY)
    assert (rating.level, rating.enhanced) == (HIGH, True)


def test_rate_in_a_country_under_call_for_action_is_high() -> None:
    subject = RiskSubject(**{**vars(_subject()), "countries": ("KP",)})
    assert rate(subject, DEFAULT_POLICY).level == HIGH


def test_rate_with_two_open_hits_and_no_document_is_at_least_medium() -> None:
    subject = RiskSubject(False, ("DE",), "payments", "online", "", (), RiskEvidence(open_hits=2))
    assert rate(subject, DEFAULT_POLICY).level in {MEDIUM, HIGH}


def test_policy_from_json_of_the_default_gives_it_back() -> None:
    assert policy_from_json(policy_as_json(DEFAULT_POLICY)) == (DEFAULT_POLICY, [])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"weights": {"pep": "NaN"}}, "/weights/pep"),
        ({"weights": {"pep": -1}}, "/weights/pep"),
        ({"weights": {"height": 3}}, "/weights/height"),
        ({"weights": {}}, "/weights"),
        ({"high_from": "20"}, "/high_from"),
        ({"medium_from": "many"}, "/medium_from"),
    ],
)
def test_policy_from_json_with_a_fault_points_at_it(change: dict[str, object], pointer: str) -> None:
    policy, faults = policy_from_json(policy_as_json(DEFAULT_POLICY) | change)
    assert policy is None
    assert pointer in {where for where, _ in faults}
