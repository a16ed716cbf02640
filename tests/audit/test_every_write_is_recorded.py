"""Every public service that writes leaves an entry, by itself or by what it calls; the few that do not say why.

The sources are read, not run: a service is a public function under `@transaction.atomic` in an app's services. It must
reach `record` or `record_many` through plain calls, in its own file first, then its own app, then wherever the name is.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parents[2]
APPS = ("accounts", "ai", "audit", "cases", "customers", "documents", "monitoring", "notifications", "reporting",
        "screening", "workflows")  # fmt: skip
RECORDS = {"record", "record_many"}
UNRECORDED = {
    "accounts/services/locks.py:count_success": "a count forgotten; the sign-in itself is recorded",
    "audit/services/placing.py:place_pending": "the record's own machinery: it places entries",
    "cases/assist/services.py:store_draft": "what a worker wrote; that it was asked to and that it ended is recorded",
    "cases/assist/services.py:settle_draft": "beside the draft what became of it; its callers record the text kept",
    "cases/services/claims.py:renew_lease": "a heartbeat of a claim that is on the record",
    "cases/services/concealing.py:conceal_case": "an entry would tell of the report; the filing's own entry is hidden",
    "cases/services/concealing.py:end_concealment": "as above; what ends it is recorded, hidden, by its caller",
    "cases/services/teamwork.py:note_presence": "who has a page open right now; looking itself is recorded",
    "cases/services/teamwork.py:end_presence": "as above",
    "documents/services/folders.py:note_folder_receipt": "where a folder was read up to; each document is recorded",
    "monitoring/services/imports.py:begin_import": "a worker takes up an import whose start is recorded",
    "monitoring/services/imports.py:finish_import": "the end of the same; each batch taken in is recorded",
    "monitoring/services/silence.py:prune_silent": "traces that name nobody, dropped by age",
    "notifications/services/conditions.py:begin_condition": "a fault of the system noticed; who tends to it is recorded",
    "notifications/services/conditions.py:end_condition": "the same fault gone",
    "notifications/services/outbox.py:claim_message": "a worker takes up a message; the log of deliveries has it",
    "notifications/services/people.py:mark_read": "somebody's own bell",
    "notifications/services/people.py:choose_language": "the language of somebody's own pages",
    "notifications/services/people.py:save_preferences": "what somebody wants to hear of, for themselves",
    "notifications/services/settling.py:settle_sent": "the log of deliveries has every attempt",
    "workflows/services/forgetting.py:forget_runs": "rows whose outcome is on the record, dropped by age",
}


class Place(NamedTuple):
    """Where a function stands."""

    app: str
    file: str
    name: str


def _functions() -> Iterator[tuple[Place, ast.FunctionDef]]:
    for app in APPS:
        for path in sorted(
            one for one in (HOME / app).rglob("*.py") if not {"migrations", "management"} & set(one.parts)
        ):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    yield Place(app, str(path.relative_to(HOME)), node.name), node


def _called(node: ast.FunctionDef, modules: set[str]) -> set[str]:
    """Names called plainly or through a module; a method of an unknown object tells nothing."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    through = [call for call in calls if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name)]
    return {call.id for call in calls if isinstance(call, ast.Name)} | {
        call.attr for call in through if call.value.id in modules | {"self"}
    }


def _recording(calls: dict[Place, set[str]]) -> set[Place]:
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in calls:
        by_name[place.name].append(place)

    def targets(place: Place, name: str) -> list[Place]:
        here = Place(place.app, place.file, name)
        if here in calls:
            return [here]
        return [one for one in by_name[name] if one.app == place.app] or by_name[name]

    found = {place for place, names in calls.items() if names & RECORDS}
    while more := {
        place
        for place, names in calls.items()
        if place not in found and any(target in found for name in names for target in targets(place, name))
    }:
        found |= more
    return found


def _is_atomic(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(one).startswith("transaction.atomic") for one in node.decorator_list)


def _is_service(place: Place, node: ast.FunctionDef) -> bool:
    return _is_atomic(node) and not place.name.startswith("_") and "services" in Path(place.file).with_suffix("").parts


def test_every_service_that_writes_is_recorded_or_says_why_not() -> None:
    functions = list(_functions())
    modules = {path.stem for app in APPS for path in (HOME / app).rglob("*") if path.suffix in {"", ".py"}}
    recording = _recording({place: _called(node, modules) for place, node in functions})
    services = [place for place, node in functions if _is_service(place, node)]
    silent = {f"{place.file}:{place.name}" for place in services if place not in recording}
    assert len(services) > 200
    assert silent == set(UNRECORDED)


# A service that records beside what it writes must do both or neither. `record` itself refuses to work outside a transaction
# (audit/services/appending.py); this finds the service that would only fail once it runs.
CALLERS = "inside the caller's transaction"
EACH_ALONE = {
    "cases/rfi/services.py:expire_requests": "each request in a transaction of its own, by `_each_open`",
    "cases/rfi/services.py:remind_customers": "as above",
    "workflows/services/runs.py:advance": "in the transaction that settled the step, as it says",
    "cases/rfi/services.py:expire": "within the former",
    "cases/rfi/services.py:remind": "within the former",
}


def _unprotected(node: ast.AST, is_atomic: bool = False) -> Iterator[str]:
    """Names called outside every `with transaction.atomic()` of the function."""
    if isinstance(node, ast.With):
        is_atomic |= any("transaction.atomic" in ast.unparse(item.context_expr) for item in node.items)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not is_atomic:
        yield node.func.id
    for inner in ast.iter_child_nodes(node):
        yield from _unprotected(inner, is_atomic)


def _exported(place: Place) -> bool:
    """Whether neighbours may call it: named by the package, or public in a module of services."""
    package = (HOME / place.file).parent / "__init__.py"
    if place.name.startswith("_") or "services" not in Path(place.file).with_suffix("").parts:
        return False
    return Path(place.file).name == "services.py" or f'"{place.name}"' in package.read_text()


def test_every_public_service_that_records_is_atomic_or_says_whose_transaction_it_is_in() -> None:
    nodes = {place: node for place, node in _functions() if not _is_atomic(node)}
    calls = {place: set(_unprotected(node)) for place, node in nodes.items()}
    found = {place for place, names in calls.items() if names & RECORDS}
    while more := {
        place for place, names in calls.items()
        if place not in found and any(Place(place.app, place.file, name) in found for name in names if name.startswith("_"))
    }:  # fmt: skip
        found |= more
    public = [place for place in found if _exported(place)]
    said = {place for place in public if CALLERS in " ".join((ast.get_docstring(nodes[place]) or "").split()).lower()}
    assert {f"{place.file}:{place.name}" for place in public if place not in said} - set(EACH_ALONE) == set()
    assert said
