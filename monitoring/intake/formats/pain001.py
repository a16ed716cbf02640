"""ISO 20022 pain.001: payments that a customer orders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.clock import now
from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.iso20022 import amount, party, remittance
from monitoring.intake.xml import elements, forget, said


def _read(path: Path) -> Iterator[DeliveredRow]:
    message = made = ""
    for node in elements(path, "GrpHdr", "PmtInf"):
        if node.tag.endswith("GrpHdr"):
            message, made = said(node, "MsgId"), said(node, "CreDtTm")
            continue
        payer = {f"sender_{name}": value for name, value in party(node, "Dbtr").items()}
        day = said(node, "ReqdExctnDt/DtTm", "ReqdExctnDt/Dt", "ReqdExctnDt")
        # an order for a later day is known from the day it was given on
        moment = made if not day or day[:10] > now().date().isoformat() else day
        batch = f"{message}/{said(node, 'PmtInfId')}"
        for order in node.findall("{*}CdtTrfTxInf"):
            yield _order(order, batch, moment, payer)
        forget(node)


def _order(order: Any, batch: str, moment: str, payer: dict[str, str]) -> DeliveredRow:
    told = {
        "transaction_id": f"{batch}/{said(order, 'PmtId/UETR', 'PmtId/InstrId', 'PmtId/EndToEndId')}"[:90],
        "timestamp": moment, "transaction_type": "transfer", "reference": remittance(order),
        **amount(order, "Amt/InstdAmt", "Amt/EqvtAmt/Amt"), **payer,
        **{f"receiver_{name}": value for name, value in party(order, "Cdtr").items()},
    }  # fmt: skip
    return DeliveredRow(order.sourceline or 0, {name: value for name, value in told.items() if value})


PAIN001 = FileFormat(
    "pain.001", "ISO 20022 pain.001", lambda head, name: b"CstmrCdtTrfInitn" in head, _read, "payments"
)
