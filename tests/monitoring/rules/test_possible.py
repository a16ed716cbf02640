"""Where a rule is said to be unable to fire from the row alone, the whole evaluation agrees."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.domains.finance import FINANCE
from monitoring.rules.checker import checked_rule
from monitoring.rules.evaluator import outcomes, prepare, schema_of
from monitoring.rules.plan import Plan
from monitoring.scenarios.catalogue import shipped_scenarios
from tests.factories.monitoring import LISTS

_RULES = [item.checked() for item in shipped_scenarios(LISTS) if item.domain == "finance"]
_PLAN = Plan(_RULES)
_ROWS = st.lists(
    st.fixed_dictionaries({
        "subject": st.sampled_from("ab"), "day": st.integers(0, 30), "amount": st.sampled_from([None, 1.0, 299.0, 1200.0, 9400.0]),
        "direction": st.sampled_from(["in", "out", None]), "counterparty_account": st.sampled_from(["a", "b", "c", "d", None]),
        "type": st.sampled_from(["cash", "transfer", None]), "counterparty_country": st.sampled_from(["KP", "YE", "DE", None]),
        "currency": st.sampled_from(["EUR", "USD"]), "reference": st.sampled_from(["invoice", None]),
        "hit_topics": st.sampled_from(["sanction", "", None]), "hit_score": st.sampled_from([0.9, None]),
    }),
    min_size=1, max_size=25,
)  # fmt: skip


def _frame(rows):
    schema = schema_of(FINANCE)
    told = [{"id": f"{number:03}", "account": row["subject"], **row} for number, row in enumerate(rows)]
    day = pl.DataFrame({"day": [row["day"] for row in rows]})["day"]
    frame = pl.DataFrame([{name: row.get(name) for name in schema if name != "booked_at"} for row in told],
                         schema={name: kind for name, kind in schema.items() if name != "booked_at"})  # fmt: skip
    moment = pl.lit(0).cast(pl.Datetime("us", "UTC")) + pl.duration(days=pl.lit(day))
    return frame.with_columns(moment.alias("booked_at")).select(*schema).sort("subject", "booked_at", "id")


@settings(max_examples=40, deadline=None)
@given(rows=_ROWS)
def test_shipped_rule_fires_only_where_it_is_possible(rows):
    frame = _frame(rows)
    can = frame.select("id", *_PLAN.possible)
    whole = _PLAN.prepared(frame, range(len(_RULES)))
    for number, rule in enumerate(_RULES):
        told = outcomes(prepare(frame, [rule]), rule)
        young = whole[_PLAN.known_for] < rule.min_history_days
        fires = whole.select(_PLAN.fires(number)).to_series().fill_null(value=False) & ~young
        assert fires.to_list() == (told["outcome"] == "fired").to_list()
        assert young.to_list() == (told["outcome"] == "insufficient_history").to_list()
        assert set(told.filter(pl.col("outcome") == "fired")["id"]) <= set(can.filter(pl.col(str(number)))["id"])


_OWN, _SUM = {"compare": ["amount", ">=", 1000]}, {"compare": [{"sum": {"of": "amount", "window": "7d"}}, ">", 1]}
_CHAIN = {"chain": {"window": "7d", "hops": 4, "low": 0.5, "high": 1.5, "least": 300}}


@pytest.mark.parametrize(
    ("rule", "possible"),
    [
        ({"all": [_OWN, _SUM]}, [False, True, False]),
        ({"any": [_OWN, _SUM]}, [True, True, True]),
        (
            {"not": {"any": [_OWN, _SUM]}},
            [True, False, False],
        ),  # where the amount is missing, `not` of unknown is unknown
        ({"not": {"all": [_OWN, _SUM]}}, [True, True, True]),
        ({"compare": [_CHAIN, ">=", 2]}, [False, True, False]),
        ({"compare": [_CHAIN, ">=", 1]}, [True, True, True]),
        ({"has_hit": {"topic": "sanction", "score": 0.5}}, [True, True, True]),  # is known after screening only
    ],
)
def test_what_the_row_alone_says(rule, possible):
    base = {"subject": "a", "day": 1, "counterparty_account": "c", "direction": "in"}
    frame = _frame([{**base, "amount": amount} for amount in (1.0, 1000.0, None)])
    (can,) = Plan([checked_rule(rule, FINANCE, {})]).possible
    assert frame.select(can.alias("can") & pl.lit(value=True))["can"].to_list() in (possible, possible[:1])
