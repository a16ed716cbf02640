"""ISO 20022 pacs.008: credit transfers between banks, of customers."""

from collections.abc import Iterator
from pathlib import Path

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.iso20022 import amount, remittance, sides
from monitoring.intake.xml import elements, forget, said


def _read(path: Path) -> Iterator[DeliveredRow]:
    header: dict[str, str] = {}
    for node in elements(path, "GrpHdr", "CdtTrfTxInf"):
        if node.tag.endswith("GrpHdr"):
            header = {"message": said(node, "MsgId"), "day": said(node, "IntrBkSttlmDt"), "made": said(node, "CreDtTm")}
            continue
        told = {
            "transaction_id": said(node, "PmtId/UETR", "PmtId/TxId")
            or f"{header.get('message', '')}/{said(node, 'PmtId/EndToEndId', 'PmtId/InstrId')}",
            "timestamp": said(node, "AccptncDtTm", "IntrBkSttlmDt") or header.get("day") or header.get("made", ""),
            "transaction_type": "transfer", "reference": remittance(node),
            **amount(node, "IntrBkSttlmAmt", "InstdAmt"), **sides(node),
        }  # fmt: skip
        yield DeliveredRow(node.sourceline or 0, {name: value for name, value in told.items() if value})
        forget(node)


PACS008 = FileFormat(
    "pacs.008", "ISO 20022 pacs.008", lambda head, name: b"fitoficstmrcdttrf" in head.lower(), _read, "payments"
)
