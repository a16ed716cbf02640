"""What an account does among its like: payments with accounts that few others deal with.

Wages, shops and utilities are most of what an account does; money is laundered among people. A counterparty is a peer while
fewer than PEERS accounts have dealt with it, so that a fan of ten friends is seen beside fifty purchases.
"""

from typing import Any

from core.words import said
from monitoring.learning.catalogue import Feature

PEERS = 60
_ALL, _GROUP = "400d", said("Among its like")
_KNOWN_BY: Any = {"distinct": {"of": "account", "among": "counterparty_account", "window": _ALL}}
_WINDOWS = {"1d": said("a day"), "7d": said("7 days"), "30d": said("30 days")}


def _peers(way: str) -> Any:
    going = {"compare": ["direction", "==", {"text": way}]}
    return {"all": [going, {"compare": [_KNOWN_BY, "<", PEERS]}]}


def _windowed(way: str, window: str) -> list[Feature]:
    code, where, span, is_in = f"peers_{way}_{window}", _peers(way), _WINDOWS[window], way == "in"
    return [
        Feature(f"{code}_parties",
                said("peers it received from within {span}", span=span) if is_in
                else said("peers it sent to within {span}", span=span),
                _GROUP, {"distinct": {"of": "counterparty_account", "window": window, "where": where}}, values={"span": span},
                sentence="the {side} received from {value} peers within {span}" if is_in
                else "the {side} sent to {value} peers within {span}"),
        Feature(f"{code}_sum",
                said("amount received from peers within {span}", span=span) if is_in
                else said("amount sent to peers within {span}", span=span),
                _GROUP, {"sum": {"of": "amount", "window": window, "where": where}}, values={"span": span},
                sentence="the {side} received {value} from peers within {span}" if is_in
                else "the {side} sent {value} to peers within {span}"),
    ]  # fmt: skip


def _sum(way: str) -> Any:
    return {"sum": {"of": "amount", "window": "30d", "where": _peers(way)}}


OWN_PEERS = (
    *(feature for way in ("in", "out") for window in _WINDOWS for feature in _windowed(way, window)),
    Feature("peers_passed", "sent to peers by received from them within 30 days", _GROUP, {"/": [_sum("out"), _sum("in")]}, 2,
            "the {side} sent {value} times to peers what it received from them within 30 days"),
    Feature("peers_since_in", "days since a peer paid it", _GROUP, {"time_since_previous": {"where": _peers("in")}}, 1,
            "the {side}'s last credit from a peer was {value} days before"),
    Feature("peers_mean", "amount by the mean of its payments with peers before", _GROUP,
            {"/": ["amount", {"mean": {"of": "amount", "window": _ALL, "exclude_current": True,
                                       "where": {"compare": [_KNOWN_BY, "<", PEERS]}}}]}, 2,
            "the amount is {value} times the {side}'s mean with peers"),
    Feature("peers_all", "peers so far", _GROUP,
            {"distinct": {"of": "counterparty_account", "window": _ALL, "where": {"compare": [_KNOWN_BY, "<", PEERS]}}},
            sentence="the {side} has dealt with {value} peers so far"),
    Feature("types_used", "types of payment so far", _GROUP, {"distinct": {"of": "type", "window": _ALL}}, 0,
            "the {side} has used {value} types of payment so far"),
    Feature("sent_spread", "spread of what it sends, by their mean", _GROUP,
            {"/": [{"std": {"of": "amount", "window": "90d", "where": {"compare": ["direction", "==", {"text": "out"}]}}},
                   {"mean": {"of": "amount", "window": "90d", "where": {"compare": ["direction", "==", {"text": "out"}]}}}]}, 2,
            "what the {side} sends differs by {value} times its mean"),
)  # fmt: skip
