"""XES (IEEE 1849): logs of processes. A trace is a process; the start and the completion of a step are one event of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.xml import elements, forget

_CELLS = {"concept:name": "step", "org:resource": "operator_id", "org:group": "site"}


def _read(path: Path) -> Iterator[DeliveredRow]:
    for number, trace in enumerate(elements(path, "trace"), start=1):
        process = _attributes(trace).get("concept:name") or str(number)
        started: dict[str, str] = {}
        for place, event in enumerate(trace.findall("{*}event"), start=1):
            told = _attributes(event)
            step, moment = told.get("concept:name", ""), told.get("time:timestamp", "")
            transition = told.get("lifecycle:transition", "complete").lower()
            if transition == "start":
                started[step] = moment
            if transition != "complete":
                continue
            cells = {name: told.get(key, "") for key, name in _CELLS.items()}
            cells |= {"process_id": process, "external_id": f"{process}/{place}", "start_ts": started.pop(step, moment),
                      "end_ts": moment}  # fmt: skip
            yield DeliveredRow(event.sourceline or place, {name: value for name, value in cells.items() if value})
        forget(trace)


def _attributes(node: Any) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in node if child.get("key")}


XES = FileFormat(
    "xes", "XES", lambda head, name: b"<log" in head and b"xes" in head.lower(), _read, "process_events"
)  # fmt: skip
