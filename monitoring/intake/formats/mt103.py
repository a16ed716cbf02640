"""SWIFT MT103: a single customer credit transfer; a file holds one or many."""

import re
from collections.abc import Iterator
from pathlib import Path

from core.exceptions import Fault
from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.iso20022 import bic_country, iban_country
from monitoring.intake.swift import day, fields, messages, number, text_of

_SETTLED = re.compile(r"(\d{6})([A-Z]{3})([\d,]+)")
_IS_MT103 = re.compile(rb"\{2:[IO]103")
_NUMBERED = re.compile(r"^\d/")


def _read(path: Path) -> Iterator[DeliveredRow]:
    for header, text, line in messages(text_of(path)):
        if header[1:4] == "103":
            yield _payment({tag: value for tag, value, _ in fields(text)}, line)


def _payment(told: dict[str, str], line: int) -> DeliveredRow:
    settled = _SETTLED.match(told.get("32A", ""))
    if settled is None:
        return DeliveredRow(
            line, told, faults=(Fault("/32A", "is no date, currency and amount", "such as 250131EUR1250,00"),)
        )
    cells = {
        "transaction_id": f"{told.get('20', '')}/{settled[1]}", "timestamp": day(settled[1]), "currency": settled[2],
        "amount": number(settled[3]), "transaction_type": "transfer", "reference": " ".join(told.get("70", "").split())[:300],
        **_party(told, "sender", ("50K", "50F", "50A"), ("52A",)), **_party(told, "receiver", ("59", "59F", "59A"), ("57A",)),
    }  # fmt: skip
    return DeliveredRow(line, {name: value for name, value in cells.items() if value})


def _party(told: dict[str, str], side: str, tags: tuple[str, ...], agents: tuple[str, ...]) -> dict[str, str]:
    lines = next((told[tag] for tag in tags if tag in told), "").split("\n")
    account = lines.pop(0)[1:].replace(" ", "") if lines[0].startswith("/") else ""
    country = next((part[2:4] for part in lines if part.startswith("3/")), "")  # 50F, 59F: 3/DE/Berlin
    agent = next((told[tag].split("\n")[-1] for tag in agents if tag in told), "")
    return {
        f"{side}_account": account[:60], f"{side}_name": _NUMBERED.sub("", lines[0] if lines else "")[:200],
        f"{side}_country": country or iban_country(account) or bic_country(agent),
    }  # fmt: skip


MT103 = FileFormat("mt103", "SWIFT MT103", lambda head, name: bool(_IS_MT103.search(head)), _read, "payments")
