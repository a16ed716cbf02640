"""Making exports and packs of evidence in a worker, and clearing away what nobody fetched."""

import time
from collections.abc import Callable
from datetime import date

from django.urls import reverse

from accounts.selectors import person_for_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput, PermissionRefused, Unavailable
from core.permissions import Permission
from reporting.exports.base import Period, all_exports
from reporting.exports.links import VALID, folder, link_to, path_of
from reporting.exports.writing import WRITERS
from reporting.replaying import REPLAYS
from reporting.services import Wish, make_evidence, scope_for
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.engine.periodic import register_periodic

EXPORT, REPLAY, EVIDENCE = "export", "replay", "evidence"
_PLACING_SECONDS = 30


def make_export(context: WorkContext, progress: Progress) -> WorkResult:
    """Writes what the person may see now; the link to it is good for a day."""
    person = person_for_actor(context.by)
    if not person.has_perm(Permission.REPORT_EXPORT):
        raise PermissionRefused("Your role does not allow exports any more.")
    told = {name: str(value) for name, value in context.inputs.items()}
    export, suffix = all_exports().get(told["code"]), told["format"]
    if export is None or suffix not in export.formats:
        raise InvalidInput("There is no such export.")
    period = Period(person, date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    rows = WRITERS[suffix](path_of(context.work_id, suffix), export, period, _counted(progress))
    return WorkResult({"rows": rows}, link_to(context.work_id, f"{export.filename or export.code}.{suffix}"))


def _counted(progress: Progress) -> Callable[[int], None]:
    return lambda count: progress.report(count, None, "writing rows")


def make_pack(context: WorkContext, progress: Progress) -> WorkResult:
    """A pack of what the person may see now; the link to it is good for a day."""
    person = person_for_actor(context.by)
    wish = _wish(context.inputs).allowed(person)
    scope, viewer = scope_for(wish, person), person if wish.reports else None
    until = time.monotonic() + _PLACING_SECONDS
    while True:
        try:
            pack = make_evidence(
                scope=scope, path=path_of(context.work_id, "zip"), by=context.by, viewer=viewer,
                with_originals=wish.originals, with_personal=person.has_perm(Permission.AUDIT_VIEW_PERSONAL),
                told=progress.report,
            )  # fmt: skip
        except Unavailable:  # the newest entries are placed within a second or two
            if time.monotonic() > until:
                raise
            progress.report(0, None, "waiting for the newest entries to be placed")
            time.sleep(0.5)
        else:
            told: dict[str, object] = {"entries": pack.entries, "cases": pack.cases, "manifest": pack.manifest_sha256}
            return WorkResult(told, link_to(context.work_id, pack.name))


def _wish(inputs: dict[str, object]) -> Wish:
    told = {name: str(value) for name, value in inputs.items()}
    days = {name: date.fromisoformat(told[name]) for name in ("first", "last") if name in told}
    return Wish(told["kind"], told.get("of", ""), originals="originals" in told, reports="reports" in told, **days)


def remove_old_exports() -> None:
    """Removes files whose links have expired. A periodic task."""
    oldest = (now() - VALID).timestamp()
    for path in folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def replay(context: WorkContext, progress: Progress) -> WorkResult:
    """Has a result computed again; what comes out otherwise is told line by line."""
    kind, pk = str(context.inputs["kind"]), context.inputs["id"]
    progress.report(0, 1, "computing it again")
    made = REPLAYS[kind].replay(person_for_actor(context.by), pk)
    progress.report(1, 1, "computing it again")
    told: dict[str, object] = {"result": "identical" if made.same else "differs, because of what stands below"}
    faults = tuple(Fault(f"/{kind}", sentence) for sentence in made.differences)
    return WorkResult(told | dict(made.rests_on), reverse(REPLAYS[kind].page, args=[made.page_id]), faults)


register_work(WorkKind(REPLAY, replay, "Nothing is changed."))
register_work(WorkKind(EVIDENCE, make_pack, "No pack is made."))
register_work(WorkKind(EXPORT, make_export, "No file is made."))
register_periodic("remove old exports", 3600, remove_old_exports)
