"""ISO 20022 camt.053: the statement of an account. Camt.052 and camt.054 have the same entries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.iso20022 import account_of, amount, party, remittance
from monitoring.intake.xml import at, elements, forget, said

_MESSAGES = (b"BkToCstmrStmt", b"BkToCstmrAcctRpt", b"BkToCstmrDbtCdtNtfctn")
_REFERENCES = ("AcctSvcrRef", "NtryRef", "NtryDtls/TxDtls/Refs/AcctSvcrRef", "NtryDtls/TxDtls/Refs/TxId",
               "NtryDtls/TxDtls/Refs/EndToEndId")  # fmt: skip


def _read(path: Path) -> Iterator[DeliveredRow]:
    for statement in elements(path, "Stmt", "Rpt", "Ntfctn"):
        account = account_of(at(statement, "Acct"))
        named = f"{account}/{said(statement, 'Id', 'ElctrncSeqNb')}"
        for number, entry in enumerate(statement.findall("{*}Ntry"), start=1):
            yield from _entry(entry, account, f"{named}/{number}")
        forget(statement)


def _entry(entry: Any, account: str, named: str) -> Iterator[DeliveredRow]:
    """One row, or one for each of its transactions where they have amounts of their own."""
    came_in = (said(entry, "CdtDbtInd") == "CRDT") != (said(entry, "RvslInd") == "true")
    shared = {
        "account": account, "direction": "in" if came_in else "out",
        "booked_at": said(entry, "BookgDt/DtTm", "BookgDt/Dt", "ValDt/DtTm", "ValDt/Dt"),
        **amount(entry, "Amt"),
    }  # fmt: skip
    details = entry.findall("{*}NtryDtls/{*}TxDtls")
    divided = [part for part in details if at(part, "Amt", "AmtDtls/TxAmt/Amt") is not None] if len(details) > 1 else []
    reference = said(entry, *_REFERENCES)
    for number, part in enumerate(divided or details[:1] or [entry], start=1):
        other = party(
            at(part, "RltdPties") if at(part, "RltdPties") is not None else part, "Dbtr" if came_in else "Cdtr"
        )
        told = {
            **shared, **(amount(part, "Amt", "AmtDtls/TxAmt/Amt") if divided else {}),
            "external_id": (f"{account}/{reference}" if reference else named)[:90] + (f"/{number}" if divided else ""),
            "counterparty_name": other["name"], "counterparty_account": other["account"],
            "counterparty_country": other["country"],
            "reference": remittance(part) or said(entry, "AddtlNtryInf")[:300],
        }  # fmt: skip
        yield DeliveredRow(entry.sourceline or 0, {name: value for name, value in told.items() if value})


CAMT053 = FileFormat(
    "camt.053", "ISO 20022 camt.053", lambda head, name: any(word in head for word in _MESSAGES), _read, "transactions"
)
