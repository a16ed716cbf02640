"""SWIFT MT940 (and MT942): the statement of an account, with or without the envelope of a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.exceptions import Fault
from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.iso20022 import iban_country
from monitoring.intake.swift import day, fields, number, text_of

_LINE = re.compile(r"(\d{6})(?:\d{4}|\s{4})?(R?[CD])([A-Z])?\s*(\d[\d,.]*)([A-Z][A-Z0-9]{3})?([^/\n]*)(?://([^\n]*))?")
_BALANCE = re.compile(r"[CD]\d{6}([A-Z]{3})")
_GERMAN = re.compile(r"\?(\d{2})([^?]*)")
_SLASHED = re.compile(r"/(NAME|REMI|IBAN|CNTP|ORDP|BENM)/([^/]*)")
_BALANCES = frozenset({"60F", "60M", "34F"})
_STARTS = re.compile(rb"^:20:|\{2:[IO]94[02]", re.MULTILINE)


@dataclass
class _Statement:
    """The statement under way: what its lines have in common, and the line that waits for its description."""

    account: str = ""
    currency: str = ""
    named: str = ""
    number: int = 0
    row: dict[str, str] | None = None
    line: int = 0

    def head(self, tag: str, value: str) -> None:
        """Takes a field that all lines of the statement share."""
        if tag == "20":
            self.named, self.account, self.currency, self.number = value.strip(), "", "", 0
        elif tag == "25":
            self.account = value.strip().replace(" ", "")[:60]
        elif tag == "28C":
            self.named += f"/{value.strip()}"
        elif tag in _BALANCES and not self.currency:
            found = _BALANCE.match(value)
            self.currency = found[1] if found else value[:3]
            self.named += f"/{value[1:7]}"

    def waiting(self) -> Iterator[DeliveredRow]:
        """The line that waits, once."""
        if self.row is not None:
            yield DeliveredRow(self.line, _filled(self.row))
        self.row = None


def _read(path: Path) -> Iterator[DeliveredRow]:
    statement = _Statement()
    for tag, value, line in fields(text_of(path)):
        if tag == "86" and statement.row is not None:
            statement.row |= _described(value)
        yield from statement.waiting()
        if tag != "61":
            statement.head(tag, value)
            continue
        statement.number, statement.line = statement.number + 1, line
        named = f"{statement.account}/{statement.named}/{statement.number}"
        statement.row = _booked(value, statement.account, statement.currency, named)
        if statement.row is None:
            yield DeliveredRow(line, {":61:": value}, faults=(Fault("/61", "is no line of a statement"),))
    yield from statement.waiting()


def _filled(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}


def _booked(value: str, account: str, currency: str, named: str) -> dict[str, str] | None:
    found = _LINE.match(value)
    if found is None:
        return None
    came_in = found[2] in {"C", "RD"}  # a reversed debit comes back
    return {
        "external_id": named[:100], "account": account, "direction": "in" if came_in else "out",
        "booked_at": day(found[1]), "amount": number(found[4]), "currency": currency, "type": (found[5] or "").lower(),
        "reference": " ".join(value[found.end() :].split())[:300],
    }  # fmt: skip


def _described(value: str) -> dict[str, str]:
    """The text to a line: German subfields (`?32`), words between slashes (`/NAME/`), or plain."""
    text = value.replace("\n", "")
    parts: dict[str, str] = {}
    for code, content in _GERMAN.findall(text):
        parts[code] = parts.get(code, "") + content
    if parts:
        account = parts.get("31", "") or parts.get("38", "")
        reason = "".join(parts.get(str(code), "") for code in (*range(20, 30), *range(60, 64)))
        name = (parts.get("32", "") + parts.get("33", "")).strip()
    else:
        words = dict(_SLASHED.findall(text))
        name, account = words.get("NAME", "").strip(), words.get("IBAN", "").strip()
        reason = words.get("REMI", "") or " ".join(value.split())
    return {"reference": reason.strip()[:300], "counterparty_name": name[:200], "counterparty_account": account[:60],
            "counterparty_country": iban_country(account)}  # fmt: skip


def _knows(head: bytes, name: str) -> bool:
    return bool(_STARTS.search(head.replace(b"\r", b""))) and b":25:" in head


MT940 = FileFormat("mt940", "SWIFT MT940", _knows, _read, "transactions")
