"""The rating engine: its arithmetic for any policy, its floors, its reasons."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.risk.evidence import RiskEvidence, RiskSubject
from customers.risk.factors import FACTORS, Finding
from customers.risk.geography import TIERS
from customers.risk.rating import DEFAULT_POLICY, Contribution, PolicyShape, rate

CLEAN = RiskSubject(
    is_organisation=False, countries=("DE",), product="savings", channel="branch", occupation="engineer",
    owner_shares=(), evidence=RiskEvidence(documents_verified=1),
)  # fmt: skip
WORST = replace(CLEAN, countries=("KP",), evidence=RiskEvidence(pep=True, sanction_confirmed=True))
numbers = st.decimals(0, 100, places=2)
policies = st.fixed_dictionaries(dict.fromkeys(FACTORS, numbers)).filter(lambda weights: any(weights.values())).map(
    lambda weights: PolicyShape(weights, Decimal(25), Decimal(50))
)  # fmt: skip
evidences = st.builds(
    RiskEvidence, pep=st.booleans(), sanction_confirmed=st.booleans(), open_hits=st.integers(0, 9),
    top_similarity=st.none() | numbers, documents_verified=st.integers(0, 3), documents_doubtful=st.integers(0, 3),
    documents_refused=st.integers(0, 3), open_alerts=st.integers(0, 3),
)  # fmt: skip
subjects = st.builds(
    RiskSubject, is_organisation=st.booleans(), countries=st.lists(st.sampled_from(["DE", "KP", "SY", "XK"])).map(tuple),
    product=st.sampled_from(["", "crypto", "Private Banking", "odd"]), channel=st.sampled_from(["", "online", "odd"]),
    occupation=st.sampled_from(["", "Art dealer", "nurse"]), owner_shares=st.lists(st.none() | numbers, max_size=4).map(tuple),
    evidence=evidences,
)  # fmt: skip


def factor(subject: RiskSubject, code: str) -> Contribution:
    return next(part for part in rate(subject, DEFAULT_POLICY).contributions if part.code == code)


@given(subjects, policies)
def test_score_of_any_policy_stays_between_0_and_100(subject: RiskSubject, policy: PolicyShape) -> None:
    assert 0 <= rate(subject, policy).score <= 100


@given(subjects, policies)
def test_contributions_of_any_policy_sum_to_the_score(subject: RiskSubject, policy: PolicyShape) -> None:
    rating = rate(subject, policy)
    assert sum(part.contribution for part in rating.contributions) == rating.score


@given(subjects, policies)
def test_contribution_is_its_share_to_within_a_hundredth(subject: RiskSubject, policy: PolicyShape) -> None:
    total = sum(policy.weights.values())
    for part in rate(subject, policy).contributions:
        assert abs(part.contribution - part.points * part.weight / total) <= Decimal("0.01")


@given(subjects, policies, st.sampled_from(sorted(FACTORS)), numbers)
def test_more_weight_moves_the_score_towards_that_factors_points(
    subject: RiskSubject, policy: PolicyShape, code: str, more: Decimal
) -> None:
    points = FACTORS[code](subject).points
    before = rate(subject, policy).score
    after = rate(subject, replace(policy, weights=policy.weights | {code: policy.weights[code] + more})).score
    assert min(before, points) - Decimal("0.01") <= after <= max(before, points) + Decimal("0.01")


def test_score_of_all_top_points_with_uneven_thirds_is_exactly_100() -> None:
    weights = {"geography": Decimal(1), "pep": Decimal(1), "screening": Decimal(4)}
    assert rate(WORST, replace(DEFAULT_POLICY, weights=weights)).score == 100


def test_clean_person_is_rated_low_with_ordinary_due_diligence() -> None:
    rating = rate(CLEAN, DEFAULT_POLICY)
    assert (rating.level, rating.enhanced) == ("low", False)


@given(subjects)
def test_pep_is_always_high_with_enhanced_due_diligence(subject: RiskSubject) -> None:
    rating = rate(replace(subject, evidence=replace(subject.evidence, pep=True)), DEFAULT_POLICY)
    assert (rating.level, rating.enhanced) == ("high", True)


@pytest.mark.parametrize("changes", [
    {"evidence": RiskEvidence(sanction_confirmed=True)}, {"countries": ("KP",)}, {"evidence": RiskEvidence(pep=True)},
])  # fmt: skip
def test_floor_holds_under_a_policy_that_weighs_only_the_product(changes: dict) -> None:
    policy = replace(DEFAULT_POLICY, weights={"product": Decimal(1)})
    assert rate(replace(CLEAN, **changes), policy).level == "high"


def test_thresholds_belong_to_the_level_they_open() -> None:
    score = rate(CLEAN, DEFAULT_POLICY).score
    assert rate(CLEAN, replace(DEFAULT_POLICY, medium_from=score)).level == "medium"
    assert rate(CLEAN, replace(DEFAULT_POLICY, medium_from=Decimal(0), high_from=score)).level == "high"


@pytest.mark.parametrize(("code", "sentence"), [
    ("geography", "No country is known"), ("product", "The product is not known"),
    ("channel", "The channel is not known"), ("occupation", "The occupation is not known"),
])  # fmt: skip
def test_missing_fact_is_said_and_costs_points(code: str, sentence: str) -> None:
    part = factor(replace(CLEAN, countries=(), product="", channel="", occupation=""), code)
    assert part.reason.startswith(sentence)
    assert part.points > 0


def test_grey_listed_country_stands_in_the_reason_with_the_lists_date() -> None:
    assert factor(replace(CLEAN, countries=("DE", "SY")), "geography").reason == (
        "Syria is under increased monitoring by the FATF (published 2025-10-24)."
    )


def test_many_countries_fit_the_columns_they_are_stored_in() -> None:
    part = factor(replace(CLEAN, countries=tuple(f"{number:02d}" for number in range(90))), "geography")
    assert (len(part.value) <= 200, len(part.reason) <= 400) == (True, True)
    assert part.value.endswith("and 70 more")


def test_open_hits_tell_their_number_and_nearest_similarity() -> None:
    evidence = replace(CLEAN.evidence, open_hits=2, top_similarity=Decimal("0.93"))
    assert (
        "Hits not decided: 2, the nearest with a similarity of 0.93"
        in factor(replace(CLEAN, evidence=evidence), "screening").reason
    )


@pytest.mark.parametrize(("shares", "points"), [((), 90), ((Decimal(30), None), 50), ((Decimal(60), Decimal(40)), 10)])
def test_less_known_ownership_of_an_organisation_costs_more(shares: tuple, points: int) -> None:
    assert factor(replace(CLEAN, is_organisation=True, owner_shares=shares), "ownership").points == points


@given(subjects)
def test_every_finding_has_points_in_range_and_a_sentence(subject: RiskSubject) -> None:
    findings: list[Finding] = [look(subject) for look in FACTORS.values()]
    assert all(0 <= finding.points <= 100 and finding.reason.endswith(".") for finding in findings)


def test_listed_jurisdictions_are_two_letter_codes_of_two_tiers() -> None:
    assert {len(code) for code in TIERS} == {2}
    assert set(TIERS.values()) == {"call_for_action", "increased_monitoring"}
