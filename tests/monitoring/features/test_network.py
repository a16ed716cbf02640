"""Rings, chains and money that meets again, in small nets; and the same as following every path by hand."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.monitoring.frames import row, values


def pay(day, source, target, amount=1000.0):
    """A payment as both accounts see it."""
    return [
        row(day, amount, subject=source, account=source, counterparty_account=target, direction="out"),
        row(day, amount, subject=target, account=target, counterparty_account=source),
    ]


def _measured(operand, *payments):
    """The highest value of the operand over both views of each payment, in the order of time."""
    rows = sorted(
        (view for both in payments for view in both), key=lambda item: (item["subject"], item["booked_at"], item["id"])
    )
    found = values(operand, *rows)
    best = {}
    for view, value in zip(rows, found, strict=True):
        best[view["booked_at"]] = max(value, best.get(view["booked_at"], 0))
    return [best[moment] for moment in sorted(best)]


def test_cycle_last_payment_of_a_ring_closes_it():
    ring = [pay(0, "a", "b"), pay(1, "b", "c", 950), pay(2, "c", "a", 900)]
    assert _measured({"cycle": {"window": "7d"}}, *ring) == [0, 0, 3]


def test_cycle_longer_than_the_window_is_none():
    slow = [pay(0, "a", "b"), pay(4, "b", "c"), pay(8, "c", "a")]
    assert _measured({"cycle": {"window": "7d"}}, *slow) == [0, 0, 0]


def test_cycle_payments_in_any_order_are_a_ring_when_the_last_is_there():
    backwards = [pay(2, "a", "b"), pay(1, "b", "c"), pay(0, "c", "a")]
    assert _measured({"cycle": {"window": "7d"}}, *backwards) == [0, 0, 3]


def test_cycle_that_keeps_too_much_is_none():
    assert _measured({"cycle": {"window": "7d"}}, pay(0, "a", "b"), pay(1, "b", "a", 300)) == [0, 0]


def test_chain_counts_payments_that_follow_one_another():
    line = [pay(0, "a", "b"), pay(1, "b", "c"), pay(2, "c", "d"), pay(3, "x", "d")]
    assert _measured({"chain": {"window": "7d", "hops": 4}}, *line) == [1, 2, 3, 1]


def test_scatter_gather_counts_accounts_between_whichever_leg_came_first():
    legs = [pay(0, "m1", "z"), pay(1, "a", "m1"), pay(2, "a", "m2"), pay(3, "m2", "z"), pay(4, "m3", "z")]
    assert _measured({"scatter_gather": {"window": "7d"}}, *legs) == [0, 1, 0, 2, 0]


_NETS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from([1000.0, 900.0, 300.0])),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_NETS, st.sampled_from([2, 3, 5, 6]))
def test_cycle_equals_following_every_path(net, hops):
    payments = [pay(day / 2, *told) for day, told in enumerate(net)]
    assert _measured({"cycle": {"window": "3d", "hops": hops}}, *payments) == [
        _shortest(net, place, hops) for place in range(len(net))
    ]


def _shortest(net, place, hops):
    if net[place][0] == net[place][1]:
        return 0
    paths = [(place,)]
    for hop in range(2, hops + 1):
        paths = [(before, *path) for path in paths for before in range(place) if _follows(net, before, path[0], place)]
        if any(net[path[0]][0] == net[place][1] for path in paths):
            return hop
    return 0


def _follows(net, before, after, last):
    (source, target, amount), (onward, _, passed) = net[before], net[after]
    near = timedelta(days=(last - before) / 2) < timedelta(days=3)
    return near and target == onward and source != target and 0.5 <= passed / amount <= 1.25
