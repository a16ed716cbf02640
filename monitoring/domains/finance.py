"""The finance domain: a row is a transaction seen from the customer's (or account's) side."""

from monitoring.domains.base import Column, Domain, Field, FileShape, HitFields, Kind, PaymentFields, View

_SHARED = {"booked_at": ("timestamp",), "amount": ("amount",), "currency": ("currency",), "type": ("transaction_type",),
           "channel": ("channel",), "reference": ("reference",)}  # fmt: skip


def _side(own: str, other: str, direction: str) -> View:
    """The payment as the account on one side of it sees it."""
    taken = {
        "subject": (f"{own}_account",), "account": (f"{own}_account",), "segment": (f"{own}_segment",),
        "counterparty_account": (f"{other}_account",), "counterparty_name": (f"{other}_name",),
        "counterparty_country": (f"{other}_country",), "own_country": (f"{own}_country",),
        "declared_monthly": (f"{own}_declared_monthly",), "hit_topics": (f"{other}_hit_topics",),
        "hit_score": (f"{other}_hit_score",),
    }  # fmt: skip
    return View(_SHARED | taken, {"direction": direction})


def _columns() -> dict[str, Column]:
    sides = ("account", "name", "country", "segment", "hit_topics")
    texts = ("transaction_id", "currency", "transaction_type", "channel", "reference",
             *(f"{side}_{name}" for side in ("sender", "receiver") for name in sides))  # fmt: skip
    numbers = [f"{side}_{name}" for side in ("sender", "receiver") for name in ("declared_monthly", "hit_score")]
    found = {name: Column(Kind.TEXT) for name in texts} | {name: Column(Kind.NUMBER) for name in numbers}
    return found | {"timestamp": Column(Kind.TIME, required=True), "amount": Column(Kind.MONEY, required=True)}


FINANCE = Domain(
    code="finance",
    files=FileShape(
        event_id="transaction_id",
        columns=_columns(),
        views=(_side("sender", "receiver", "out"), _side("receiver", "sender", "in")),
        money=("amount", "currency", "timestamp"),
    ),
    subject="subject",
    time="booked_at",
    fields={
        "amount": Field(Kind.MONEY, "Amount", "in the base currency, at the day's rate", required=True),
        "direction": Field(Kind.TEXT, "Direction", "`in` to the customer or `out`", required=True),
        "currency": Field(Kind.TEXT, "Currency", "as booked, ISO 4217", required=True),
        "type": Field(Kind.TEXT, "Type", "such as transfer, cash, card"),
        "channel": Field(Kind.TEXT, "Channel", "such as online, branch, atm"),
        "account": Field(Kind.TEXT, "Account", "the customer's"),
        "counterparty_name": Field(Kind.TEXT, "Counterparty"),
        "counterparty_account": Field(Kind.TEXT, "Counterparty's account"),
        "counterparty_country": Field(Kind.TEXT, "Counterparty's country", "ISO 3166-1 alpha-2"),
        "own_country": Field(Kind.TEXT, "Own country", "where the account is kept, ISO 3166-1 alpha-2"),
        "reference": Field(Kind.TEXT, "Reference", "the text that came with it"),
        "declared_monthly": Field(
            Kind.MONEY, "Declared monthly turnover", "as told at onboarding, in the base currency"
        ),
        "segment": Field(Kind.TEXT, "Segment", "the group of customers it is compared with"),
        "hit_topics": Field(Kind.TEXT, "Screening topics of the counterparty", "divided by semicolons"),
        "hit_score": Field(Kind.NUMBER, "Best screening score of the counterparty", "0 to 1"),
    },
    payments=PaymentFields("account", "counterparty_account", "direction", "amount"),
    hits=HitFields("hit_topics", "hit_score"),
)
