"""XES (IEEE 1849): logs of processes. A trace is a process; the start and the completion of a step are one event of it.

Who did it is the event's own resource, else that of the start of the step, else the trace's, else the log's default for
events; the placeholders that tools write for no value are none.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.xml import elements, forget

_CELLS = {"concept:name": "step", "org:group": "site"}


_RESOURCE = "org:resource"
_PLACEHOLDERS = frozenset({"", "unknown", "__invalid__", "none", "null"})


def _read(path: Path) -> Iterator[DeliveredRow]:
    default, number = "", 0
    for node in elements(path, "global", "trace"):
        if etree.QName(node).localname == "global":
            default = _named(_attributes(node)) or default if node.get("scope") == "event" else default
        else:
            number += 1
            yield from _events(node, str(number), default)
        forget(node)


def _events(trace: Any, number: str, default: str) -> Iterator[DeliveredRow]:
    about = _attributes(trace)
    process, whole = about.get("concept:name") or number, _named(about) or default
    started: dict[str, tuple[str, str]] = {}
    for place, event in enumerate(trace.findall("{*}event"), start=1):
        told = _attributes(event)
        step, moment = told.get("concept:name", ""), told.get("time:timestamp", "")
        transition = told.get("lifecycle:transition", "complete").lower()
        if transition == "start":
            started[step] = (moment, _named(told))
        if transition != "complete":
            continue
        begun, by = started.pop(step, (moment, ""))
        cells = {name: told.get(key, "") for key, name in _CELLS.items()}
        cells |= {"process_id": process, "external_id": f"{process}/{place}", "start_ts": begun, "end_ts": moment,
                  "operator_id": _named(told) or by or whole}  # fmt: skip
        yield DeliveredRow(event.sourceline or place, {name: value for name, value in cells.items() if value})


def _named(told: dict[str, str]) -> str:
    value = told.get(_RESOURCE, "").strip()
    return "" if value.lower() in _PLACEHOLDERS else value


def _attributes(node: Any) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in node if child.get("key")}


XES = FileFormat(
    "xes", "XES", lambda head, name: b"<log" in head and b"xes" in head.lower(), _read, "process_events"
)  # fmt: skip
