"""The finance domain: a row is a transaction seen from the customer's side."""

from monitoring.domains.base import Domain, Field, Kind

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
    },
)
