"""What a payment is judged by: itself, the pair, and what either account did up to that moment."""

from typing import Any

from core.words import said
from monitoring.learning.catalogue import Feature, FeatureSet
from monitoring.learning.sets.finance_peers import OWN_PEERS

_WAYS = ("in", "out")
_DAYS = {"1d": said("a day"), "7d": said("7 days"), "14d": said("14 days"), "30d": said("30 days")}
_ALL = "400d"


def _going(way: str) -> Any:
    return {"compare": ["direction", "==", {"text": way}]}


def _windowed(way: str, window: str) -> list[Feature]:
    """Whole sentences for each way, not parts of them: other languages put the words otherwise."""
    span, where, is_in = _DAYS[window], _going(way), way == "in"
    code, within = f"{way}_{window}", {"span": span}
    return [
        Feature(f"{code}_count", said("credits within {span}", span=span) if is_in else said("debits within {span}", span=span),
                "Windows", {"count": {"window": window, "where": where}}, values=within,
                sentence="the {side} had {value} credits within {span}" if is_in else "the {side} had {value} debits within {span}"),
        Feature(f"{code}_sum",
                said("amount received within {span}", span=span) if is_in else said("amount sent within {span}", span=span),
                "Windows", {"sum": {"of": "amount", "window": window, "where": where}}, values=within,
                sentence="the {side} received {value} within {span}" if is_in else "the {side} sent {value} within {span}"),
        Feature(f"{code}_parties",
                said("counterparties received from within {span}", span=span) if is_in
                else said("counterparties paid to within {span}", span=span),
                "Windows", {"distinct": {"of": "counterparty_account", "window": window, "where": where}}, values=within,
                sentence="the {side} received from {value} counterparties within {span}" if is_in
                else "the {side} paid to {value} counterparties within {span}"),
    ]  # fmt: skip


def _fresh(way: str, window: str) -> Feature:
    """Counterparties of the window that were never seen before it."""
    new = {"compare": [{"first_seen": {"of": "counterparty_account"}}, "<", int(window[:-1])]}
    span, is_in = _DAYS[window], way == "in"
    return Feature(
        f"{way}_{window}_new_parties",
        said("new counterparties received from within {span}", span=span) if is_in
        else said("new counterparties paid to within {span}", span=span), "Novelty",
        {"distinct": {"of": "counterparty_account", "window": window, "where": {"all": [_going(way), new]}}}, values={"span": span},
        sentence="the {side} received from {value} new counterparties within {span}" if is_in
        else "the {side} paid to {value} new counterparties within {span}",
    )  # fmt: skip


def _sum(way: str, window: str) -> Any:
    return {"sum": {"of": "amount", "window": window, "where": _going(way)}}


def _own() -> tuple[Feature, ...]:
    found = [feature for way in _WAYS for window in _DAYS for feature in _windowed(way, window)]
    found += [_fresh(way, window) for way in _WAYS for window in ("7d", "30d")]
    before = {"of": "amount", "window": "90d", "by": "direction", "exclude_current": True}
    found += [
        *(Feature(f"passed_{window}", said("sent by received within {span}", span=_DAYS[window]), "Pass-through",
                  {"/": [_sum("out", window), _sum("in", window)]}, 2,
                  "the {side} sent {value} times what it received within {span}", values={"span": _DAYS[window]})
          for window in ("7d", "30d")),
        Feature("since_credit", "days since the last credit", "Timing", {"time_since_previous": {"where": _going("in")}}, 1,
                "the {side}'s last credit was {value} days before"),
        Feature("since_debit", "days since the last debit", "Timing", {"time_since_previous": {"where": _going("out")}}, 1,
                "the {side}'s last debit was {value} days before"),
        Feature("known_for", "days since the first payment", "Timing", {"time_since_first": {}}, 0,
                "the {side} has been active for {value} days"),
        Feature("amount_by_mean", "amount by the mean before", "Own profile", {"/": ["amount", {"mean": before}]}, 2,
                "the amount is {value} times the {side}'s mean of 90 days"),
        Feature("amount_by_max", "amount by the largest before", "Own profile", {"/": ["amount", {"max": before}]}, 2,
                "the amount is {value} times the {side}'s largest of 90 days"),
        Feature("amount_deviation", "deviations from the mean before", "Own profile",
                {"zscore": {"of": "amount", "window": "90d", "by": "direction"}}, 1,
                "the amount lies {value} deviations from the {side}'s mean"),
        Feature("declared_share", "of 30 days by the declared turnover", "Own profile",
                {"/": [{"sum": {"of": "amount", "window": "30d"}}, "declared_monthly"]}, 2,
                "the {side}'s 30 days are {value} times the declared turnover"),
        Feature("same_amount", "equal amounts within 30 days", "Amounts", {"count": {"window": "30d", "by": "amount"}}, 0,
                "the {side} has {value} payments of this very amount within 30 days"),
        Feature("round_share", "share of round amounts within 30 days", "Amounts",
                {"ratio": {"window": "30d", "where": {"compare": [{"%": ["amount", 100]}, "==", 0]}}}, 2,
                "{value} of the {side}'s payments of 30 days are round"),
        Feature("new_country", "days since the country was first seen", "Novelty",
                {"first_seen": {"of": "counterparty_country"}}, 0,
                "the {side} has known the counterparty's country for {value} days"),
        Feature("new_currency", "days since the currency was first seen", "Novelty", {"first_seen": {"of": "currency"}}, 0,
                "the {side} has used the currency for {value} days"),
        Feature("new_type", "days since the type was first seen", "Novelty", {"first_seen": {"of": "type"}}, 0,
                "the {side} has used this type of payment for {value} days"),
        Feature("parties_in", "counterparties ever received from", "Network",
                {"distinct": {"of": "counterparty_account", "window": _ALL, "where": _going("in")}},
                sentence="the {side} has received from {value} counterparties so far"),
        Feature("parties_out", "counterparties ever paid", "Network",
                {"distinct": {"of": "counterparty_account", "window": _ALL, "where": _going("out")}},
                sentence="the {side} has paid {value} counterparties so far"),
        Feature("payments", "payments so far", "Network", {"count": {"window": _ALL}},
                sentence="the {side} has {value} payments so far"),
        Feature("meeting", "accounts between one origin and one end", "Network", {"scatter_gather": {"window": "30d"}}, 0,
                "money spreads and meets again through {value} accounts at the {side}"),
    ]  # fmt: skip
    return tuple(found)


def _event() -> tuple[Feature, ...]:
    pair: Any = {"by": "counterparty_account"}
    return (
        Feature("amount", "amount", "Amounts", "amount", 2, "the amount is {value}"),
        *(Feature(f"round_{size}", said("amount is a multiple of {size}", size=f"{size:,}"), "Amounts", {"%": ["amount", size]}, 2,
                  "the amount is {value} above a multiple of {size}", values={"size": f"{size:,}"}) for size in (1, 100, 1000)),
        Feature("type", "type", "Categories", "type", 0, "the type is {value}", is_category=True),
        Feature("currency", "currency", "Categories", "currency", 0, "the currency is {value}", is_category=True),
        Feature("channel", "channel", "Categories", "channel", 0, "the channel is {value}", is_category=True),
        Feature("own_country", "country of one side", "Categories", "own_country", 0, "one side's country is {value}",
                is_category=True),
        Feature("other_country", "country of the other side", "Categories", "counterparty_country", 0,
                "the other side's country is {value}", is_category=True),
        Feature("hour", "hour of the day", "Timing", {"hour": ["booked_at"]}, 0, "it was made at {value} o'clock UTC"),
        Feature("weekday", "day of the week", "Timing", {"weekday": ["booked_at"]}, 0, "it was made on weekday {value}"),
        Feature("day", "day of the month", "Timing", {"day": ["booked_at"]}, 0, "it was made on day {value} of the month"),
        Feature("pair_count", "payments between the two before", "Novelty",
                {"count": {**pair, "window": _ALL, "exclude_current": True}}, 0, "{value} payments between the two before"),
        Feature("pair_since", "days since the last between the two", "Novelty", {"time_since_previous": pair}, 1,
                "the two last dealt {value} days before"),
        Feature("pair_known", "days since the first between the two", "Novelty", {"time_since_first": pair}, 0,
                "the two have dealt for {value} days"),
        Feature("pair_back", "payments back within 30 days", "Network",
                {"count": {**pair, "window": "30d", "where": _going("in")}}, 0, "{value} payments back within 30 days"),
        Feature("hit_score", "best screening score of the counterparty", "Screening", "hit_score", 2,
                "the counterparty's best screening score is {value}"),
        Feature("cycle", "length of the ring it completes", "Network", {"cycle": {"window": "30d", "hops": 7}}, 0,
                "it completes a ring of {value} payments"),
        Feature("chain", "payments that follow one another up to it", "Network",
                {"chain": {"window": "30d", "hops": 7, "low": 0.7, "high": 1.05}}, 0,
                "it is number {value} of payments that pass money on"),
    )  # fmt: skip


FINANCE_FEATURES = FeatureSet(
    domain="finance", event=_event(), own=(*_own(), *OWN_PEERS), side_field="direction",
    sides={said("sender"): "out", said("receiver"): "in"}, segment="segment",
)  # fmt: skip
