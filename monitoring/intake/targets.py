"""What the rows of a file become, and how a file's header is recognised."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    fitting = [(code, mapping) for code, mapping in known_mappings() if mapping.needed <= set(header)]
    if fitting:
        return max(fitting, key=lambda item: len(item[1].needed))
    return max(plain, key=lambda item: len(item[1].columns))


def known_mappings() -> list[tuple[str, FileMapping]]:
    """The shipped mappings with their targets. What only files are scored by (a segment) is not stored, so not mapped."""
    found = []
    for data in format_files():
        target = TARGETS[_DOMAINS.get(data["domain"], data["domain"])]
        stored = {
            part: {name: told for name, told in (data.get(part) or {}).items() if name in target.shape.cells}
            for part in ("columns", "values", "constants")
        }
        found.append((target.code, mapping_from({**data, **stored}, target.shape.cells, target.title)))
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
