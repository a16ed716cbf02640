"""Making a version of a list the one that is screened against, and going back."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import NotFound
from core.words import said
from screening import actions
from screening.differences import keep_differences
from screening.enums import ListState
from screening.exceptions import ApprovalNeeded, ImporterCannotApprove, VersionNotStaged
from screening.matchers import matcher_for, merge_set
from screening.models import ListVersion, Watchlist
from screening.selectors import active_versions
from screening.services.rescreen import plan_rescreen
from workflows.engine.due import wake
from workflows.enums import Urgency
from workflows.services import start_for_event


def activate_version(*, version_id: UUID, by: Actor, approve: bool = False) -> ListVersion:
    """Screens against this version from now on; its index is built before, so that nobody waits for it.

    Side effects: the index on disk, the former version retired, the difference to it, a job that brings all customers up
    to it, the workflows that a new version starts, an audit entry. Raises
    ApprovalNeeded where the version is doubtful and `approve` is not given, ImporterCannotApprove where the person who
    imported it approves it, VersionNotStaged.
    """
    version = ListVersion.objects.select_related("watchlist").get(pk=version_id)
    matcher_for(version)
    with transaction.atomic():
        activated = _activate(version, by, approve=approve)
    versions = active_versions()
    if len(versions) > 1:
        merge_set(versions)  # until then processes that run lay the changes beside the index they have
    return activated


def _activate(version: ListVersion, by: Actor, *, approve: bool) -> ListVersion:
    watchlist = Watchlist.objects.select_for_update().get(pk=version.watchlist_id)
    version.refresh_from_db()
    if version.state not in {ListState.STAGED, ListState.RETIRED}:
        raise VersionNotStaged(
            said("Version {number} is {state}.", number=version.number, state=version.get_state_display().lower())
        )
    former = watchlist.versions.filter(state=ListState.ACTIVE).first()
    if version.state == ListState.STAGED and former is not None and former.number > version.number:
        raise VersionNotStaged("A newer version is active already.")
    if version.doubts and not version.approved_by:
        _approve(version, by, approve=approve)
    if former is not None:
        former.state = ListState.RETIRED
        former.save(update_fields=["state"])
    if version.base_id != (former.pk if former else None):
        keep_differences(version, former)
    version.state, version.activated_at = ListState.ACTIVE, now()
    version.save(update_fields=["state", "activated_at", "approved_by"])
    after = {"list": watchlist.name, "number": version.number, "approved": bool(version.approved_by)}
    before = {"number": former.number} if former else None
    record(actions.LIST_ACTIVATED, by=by, object_type="watchlist", object_id=watchlist.pk, stream="list-import",
           before=before, after=after)  # fmt: skip
    plan_rescreen(version=version, base=former, by=by)
    _start_workflows(version, by)
    transaction.on_commit(wake)
    return version


def _start_workflows(version: ListVersion, by: Actor) -> None:
    inputs: dict[str, object] = {
        "watchlist_id": str(version.watchlist_id), "version_id": str(version.pk), "kind": version.watchlist.kind,
        "entries": version.entry_count, "added": version.added, "changed": version.changed, "removed": version.removed,
    }  # fmt: skip
    start_for_event(
        event="list_updated", subject_type="watchlist", subject_id=version.watchlist_id, inputs=inputs,
        stream="list-import", by=by, urgency=Urgency.BATCH,
    )  # fmt: skip


def _approve(version: ListVersion, by: Actor, *, approve: bool) -> None:
    if not approve:
        raise ApprovalNeeded(
            said(
                "Version {number} {doubts}. Look at it and approve it if it is right.",
                number=version.number,
                doubts=version.doubts[0],
            )
        )
    if by.is_person and by.name == version.imported_by:
        raise ImporterCannotApprove("Somebody else must approve an unusual version that you imported.")
    version.approved_by = by.name


@transaction.atomic
def refuse_version(*, version_id: UUID, reason: str, by: Actor) -> ListVersion:
    """Sets a staged version aside for good. Side effects: the version, an audit entry. Raises VersionNotStaged."""
    version = ListVersion.objects.select_for_update(of=("self",)).select_related("watchlist").get(pk=version_id)
    if version.state != ListState.STAGED:
        raise VersionNotStaged(
            said("Version {number} is {state}.", number=version.number, state=version.get_state_display().lower())
        )
    version.state = ListState.REFUSED
    version.save(update_fields=["state"])
    record(actions.VERSION_REFUSED, by=by, object_type="watchlist", object_id=version.watchlist_id,
           stream="list-import", after={"list": version.watchlist.name, "number": version.number}, reason=reason)  # fmt: skip
    return version


def revert_list(*, watchlist_id: UUID, by: Actor) -> ListVersion:
    """Goes back to the version that was active before. Side effects: those of `activate_version`. Raises NotFound."""
    earlier = (
        ListVersion.objects.filter(watchlist=watchlist_id, state=ListState.RETIRED).order_by("-activated_at").first()
    )
    if earlier is None:
        raise NotFound("There is no earlier version to go back to.")
    return activate_version(version_id=earlier.pk, by=by)
