"""The shapes that are delivered: transactions, process events, operator qualifications, labels."""

from dataclasses import replace

from monitoring.intake import cells
from monitoring.intake.shapes import Shape

TRANSACTION = Shape(
    "transaction",
    {
        "external_id": cells.text(100, required=True, help="its key in the system that sends it"),
        "customer_external_id": cells.text(
            100, help="the customer's key there; without it the account says whose it is"
        ),
        "account": cells.text(60, help="the customer's"),
        "direction": cells.choice("in", "out"),
        "amount": cells.money(),
        "currency": cells.currency(),
        "type": cells.text(40, help="such as transfer, cash, card"),
        "channel": cells.text(40, help="such as online, branch, atm"),
        "counterparty_name": cells.text(200),
        "counterparty_account": cells.text(60),
        "counterparty_country": cells.country(),
        "reference": cells.text(300, help="the text that came with it"),
        "booked_at": cells.moment(required=True),
    },
    one_of=(("customer_external_id", "account"),),
)
PAYMENT = Shape(
    "payment",
    {
        "transaction_id": cells.text(90, required=True, help="its key in the system that sends it"),
        "timestamp": cells.moment(required=True),
        "amount": cells.money(),
        "currency": cells.currency(required=False),
        "transaction_type": cells.text(40),
        "channel": cells.text(40),
        "reference": cells.text(300),
        **{
            f"{side}_{name}": cell
            for side in ("sender", "receiver")
            for name, cell in (("account", cells.text(60)), ("name", cells.text(200)), ("country", cells.country()))
        },
    },
    one_of=(("sender_account", "receiver_account"),),
)
PROCESS_EVENT = Shape(
    "process event",
    {
        "external_id": cells.text(100, required=True, help="its key in the system that sends it"),
        "customer_external_id": cells.text(100, required=True, help="the manufacturer or site whose record it is"),
        "process_id": cells.text(60, required=True, help="the batch or process"),
        "operator_id": cells.text(60, required=True),
        "step": cells.text(80, required=True),
        "step_no": cells.number(help="in the order of the master batch record"),
        "product": cells.text(100),
        "site": cells.text(100),
        "verifier_id": cells.text(60, help="the second person"),
        "equipment_id": cells.text(60),
        "timestamp": cells.moment(help="ISO 8601; stands for start_ts where there is none"),
        "start_ts": cells.moment(),
        "end_ts": cells.moment(),
        "recorded_ts": cells.moment(help="when the entry was made"),
        "parameter": cells.text(100, help="what was measured"),
        "value": cells.number(),
        "lower": cells.number(help="lower limit"),
        "upper": cells.number(help="upper limit"),
        "deviation_flag": cells.flag(help="1 where a deviation was raised"),
        "entry_no": cells.number(help="number of the entry, of this step"),
        "comment": cells.text(500),
        "completes": cells.flag(help="1 with the last entry: the record is whole and can be reviewed"),
    },
    one_of=(("start_ts", "timestamp"),),
)
QUALIFICATION = Shape(
    "qualification",
    {
        "customer_external_id": cells.text(100, required=True, help="the manufacturer or site"),
        "operator_id": cells.text(60, required=True),
        "step": cells.text(80, required=True),
        "valid_from": cells.moment(help="from when on; empty: always"),
        "valid_until": cells.moment(help="up to when; empty: until told otherwise"),
    },
)
LABEL = Shape(
    "label",
    {
        "transaction_external_id": cells.text(100, help="the transaction's key in the system that sent it"),
        "event_external_id": cells.text(100, help="or the key of an entry of a batch record"),
        "customer_external_id": cells.text(100, help="where several customers have a row of that key"),
        "label": replace(cells.flag(help="1: suspicious, 0: not"), required=True),
        "reason": cells.text(1000, required=True, help="where the label comes from"),
    },
)
