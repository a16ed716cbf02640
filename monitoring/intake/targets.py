"""What the rows of a file become, and how a file's header is recognised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitoring.enums import DeliveryKind
from monitoring.files.mapping import FileMapping, Source, format_files, mapping_from
from monitoring.intake.kinds import PAYMENT, PROCESS_EVENT, TRANSACTION
from monitoring.intake.shapes import Shape

_DOMAINS = {"finance": "payments", "pharma": "process_events"}


@dataclass(frozen=True)
class Target:
    """What a row becomes. `id_cell` names it; `aliases` are names of columns that mean a cell."""

    code: str
    title: str
    shape: Shape
    kind: DeliveryKind
    id_cell: str
    aliases: dict[str, str]


TARGETS = {
    target.code: target
    for target in (
        Target("transactions", "Transactions, seen from the customer", TRANSACTION, DeliveryKind.TRANSACTIONS, "external_id", {}),
        Target("payments", "Payments from one account to another", PAYMENT, DeliveryKind.TRANSACTIONS, "transaction_id", {}),
        Target("process_events", "Process events", PROCESS_EVENT, DeliveryKind.PROCESS_EVENTS, "external_id",
               {"event_id": "external_id"}),
    )
}  # fmt: skip


def recognised(header: Sequence[str]) -> tuple[str, FileMapping]:
    """Target and mapping for a header: the names of a shape, a known format, or as much as the names tell."""
    plain = [_own(target, header) for target in TARGETS.values()]
    for code, mapping in plain:
        if _needed(TARGETS[code]) <= set(mapping.columns):
            return code, mapping
    fitting = [(code, mapping, wide) for code, mapping, wide in _shipped() if wide <= set(header)]
    if fitting:
        code, mapping, _ = max(fitting, key=lambda item: len(item[2]))
        return code, mapping
    return max(plain, key=lambda item: len(item[1].columns))


def known_mappings() -> list[tuple[str, FileMapping]]:
    """The shipped mappings with their targets."""
    return [(code, mapping) for code, mapping, _ in _shipped()]


def _shipped() -> list[tuple[str, FileMapping, set[str]]]:
    """Target, mapping and the columns by which a file is known; some of these serve the scoring of files alone."""
    found = []
    for data in format_files():
        target = TARGETS[_DOMAINS.get(data["domain"], data["domain"])]
        cells = target.shape.cells
        known = mapping_from(data, {*cells, *data["columns"]}, target.title)
        columns = {name: source for name, source in known.columns.items() if name in cells}
        found.append((target.code, replace(known, columns=columns), known.needed))
    return found


def _own(target: Target, header: Sequence[str]) -> tuple[str, FileMapping]:
    columns: dict[str, Source] = {}
    for name in header:
        cell = target.aliases.get(name.lower(), name.lower())
        if cell in target.shape.cells:
            columns.setdefault(cell, Source((name,)))
    return target.code, FileMapping("", columns)


def _needed(target: Target) -> set[str]:
    """A file's name of the customer may come with the upload, and an id is made where there is none."""
    needed = set(target.shape.required) - {target.id_cell, "customer_external_id"}
    return needed | {group[0] for group in target.shape.one_of if "customer_external_id" not in group}
