"""The finance domain: a row is a transaction seen from the customer's (or account's) side."""

from monitoring.domains.base import Domain, Field, HitFields, Kind, PaymentFields

FINANCE = Domain(
    code="finance",
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
