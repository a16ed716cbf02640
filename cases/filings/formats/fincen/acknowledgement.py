"""What FinCEN answers: `EFilingBatchXML` with a BSA identifier for each report, and errors that point into the batch sent.

`Party[25]/PartyIdentification[49]/…` counts by sequence number, so an error finds its element by the last of them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from cases.filings.formats.base import Answer
from cases.filings.formats.xml import parsed
from core.exceptions import Fault, InvalidInput

_SEQUENCE = re.compile(r"\[(\d+)\]")
_REJECTED = "R"


def read_acknowledgement(content: bytes, sent: Any, places: Mapping[Any, str]) -> Sequence[Answer]:
    """The answer to each report of a batch, in its order. Raises InvalidInput where it is no acknowledgement.

    `sent` is the root of the batch and `places` the form's field of each of its elements: an error is told at its field.
    """
    root = parsed(content)
    status = root.get("StatusCode")
    if etree.QName(root).localname != "EFilingBatchXML" or status is None:
        raise InvalidInput("This is not an acknowledgement: it has no status.")
    accepted = status != _REJECTED
    found = [
        Answer(_text(row, "BSAID"), accepted and row.get("StatusCode") != _REJECTED, _remarks(row, sent, places))
        for row in _named(root, "EFilingActivityXML")
    ]
    return found or [Answer("", accepted, _remarks(root, sent, places))]


def _named(root: Any, name: str) -> list[Any]:
    return list(root.xpath(".//*[local-name()=$name]", name=name))


def _text(element: Any, name: str) -> str:
    found = _named(element, name)
    return (found[0].text or "").strip() if found else ""


def _remarks(element: Any, sent: Any, places: Mapping[Any, str]) -> tuple[Fault, ...]:
    told = [
        Fault(_place(_text(row, "ErrorContextText"), sent, places), _text(row, "ErrorText"),
              f"{_text(row, 'ErrorLevelText')} {_text(row, 'ErrorTypeCode')}".strip())
        for row in _named(element, "EFilingActivityErrorXML")
    ]  # fmt: skip
    return tuple(fault for fault in told if fault.message)


def _place(context: str, sent: Any, places: Mapping[Any, str]) -> str:
    numbers = _SEQUENCE.findall(context)
    within = sent.xpath(".//*[@SeqNum=$number]", number=numbers[-1]) if numbers else []
    if not within:
        return ""
    leaf = context.rpartition("/")[2].partition("[")[0]
    named = within[0].xpath("./*[local-name()=$name]", name=leaf)
    return places.get((named or within)[0], "")
