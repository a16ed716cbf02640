"""One evaluator: a row evaluated alone with its history equals the same row among many, and equals plain Python."""

from datetime import timedelta
from statistics import median, stdev

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.rules.evaluator import firings, outcomes, prepare
from monitoring.rules.needs import Needs, needs_of
from monitoring.scenarios.catalogue import shipped_scenarios
from tests.factories.monitoring import LISTS
from tests.monitoring.frames import frame, row, values

RULES = [definition.checked() for definition in shipped_scenarios(LISTS)]
OWN_ROWS = [rule for rule in RULES if needs_of([rule]) == Needs()]
_ROWS = st.lists(
    st.builds(
        row,
        st.integers(0, 400).map(lambda hours: hours / 2),
        st.sampled_from([20.0, 999.99, 1000.0, 2500.0, 7999.99, 8000.0, 9400.0, 9999.99, 10000.0]),
        subject=st.sampled_from(["a", "a", "b"]), direction=st.sampled_from(["in", "out"]),
        counterparty_country=st.sampled_from(["DE", "KP", "YE", None]), account=st.sampled_from(["a", "b"]),
        counterparty_account=st.sampled_from(["a", "b", "c", None]),
    ),
    min_size=1, max_size=40,
)  # fmt: skip
_QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_QUICK
@given(_ROWS)
def test_every_row_alone_with_its_history_equals_the_batch(rows):
    batch = prepare(frame(*rows), OWN_ROWS)
    last = max(rows, key=lambda item: (item["booked_at"], item["id"]))
    history = [item for item in rows if item["subject"] == last["subject"]]
    alone = prepare(frame(*history), OWN_ROWS)
    for checked in OWN_ROWS:
        among, single = (outcomes(part, checked).filter(pl.col("id") == last["id"]) for part in (batch, alone))
        assert among.equals(single)


@_QUICK
@given(_ROWS)
def test_rows_that_come_later_change_nothing(rows):
    moment = sorted(item["booked_at"] for item in rows)[len(rows) // 2]
    earlier = [item for item in rows if item["booked_at"] <= moment]
    whole, until = prepare(frame(*rows), RULES), prepare(frame(*earlier), RULES)
    for checked in RULES:
        all_rows, then = outcomes(whole, checked), outcomes(until, checked)
        assert all_rows.filter(pl.col("booked_at") <= moment).equals(then)


@_QUICK
@given(_ROWS)
def test_what_fires_is_what_is_explained(rows):
    prepared = prepare(frame(*rows), RULES)
    for checked in RULES:
        fired = outcomes(prepared, checked).filter(pl.col("outcome") == "fired")["id"].to_list()
        explained = firings(prepared, checked)
        assert [item.row_id for item in explained] == fired
        assert all(item.trace[0]["holds"] for item in explained)


@_QUICK
@given(_ROWS, st.sampled_from(["count", "sum", "min", "max", "distinct", "std", "median"]), st.booleans())
def test_aggregates_equal_plain_python(rows, function, excludes):
    of = {} if function == "count" else {"of": "amount"}
    of |= {"where": {"compare": ["amount", "<", 9000]}}
    got = values({function: {"window": "72h", "exclude_current": excludes} | of}, *rows)
    ordered = sorted(rows, key=lambda item: (item["subject"], item["booked_at"], item["id"]))
    assert got == pytest.approx([_plain(function, _window(ordered, item, excludes)) for item in ordered])


def _window(rows, current, excludes):
    first, last = current["booked_at"] - timedelta(hours=72), current["booked_at"]
    return [
        item["amount"]
        for item in rows
        if item["subject"] == current["subject"] and first < item["booked_at"] <= last
        and not (excludes and item["booked_at"] == last) and item["amount"] < 9000
    ]  # fmt: skip


def _plain(function, amounts):
    if function == "count":
        return len(amounts)
    if function == "sum":
        return round(sum(amounts), 2)
    if function == "distinct":
        return len(set(amounts))
    if function == "std":
        return stdev(amounts) if len(amounts) > 1 else None
    return {"min": min, "max": max, "median": median}[function](amounts) if amounts else None
