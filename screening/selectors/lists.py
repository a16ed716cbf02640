"""Reads of lists, their versions, entries and changes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from screening.enums import ChangeKind, DraftState, ListState
from screening.models import EntryChange, EntryDraft, ListEntry, ListSource, ListVersion, Watchlist

PROVIDER = "provider"  # the format of lists that hold what a provider answered; parties are not screened against them

_LONGEST_ASKED = 200


def watchlists() -> QuerySet[Watchlist]:
    """Every list with its active version (`active_versions`), the number staged and that of proposed changes."""
    active = Prefetch("versions", ListVersion.objects.filter(state=ListState.ACTIVE), to_attr="active_versions")
    staged = Count("versions", filter=Q(versions__state=ListState.STAGED), distinct=True)
    drafts = Count("drafts", filter=Q(drafts__state=DraftState.PROPOSED), distinct=True)
    return (
        Watchlist.objects.prefetch_related(active)
        .select_related("source")
        .annotate(staged=staged, proposed=drafts)
        .order_by("name")
    )


def watchlist_for(pk: object) -> Watchlist:
    """The list with this id; raises NotFound."""
    found = watchlists().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such list.")
    return found


def active_versions() -> list[ListVersion]:
    """The versions that parties are screened against now."""
    rows = ListVersion.objects.filter(state=ListState.ACTIVE).exclude(watchlist__format=PROVIDER)
    return list(rows.select_related("watchlist").order_by("watchlist__name"))


def entries_of(watchlist: Watchlist, query: str) -> QuerySet[ListEntry]:
    """Entries of the list's active version whose name contains the first 200 characters of `query`, or whose source id is it."""
    query = query[:_LONGEST_ASKED]  # SQLite refuses patterns beyond 50,000
    rows = ListEntry.objects.filter(version__watchlist=watchlist, version__state=ListState.ACTIVE)
    return rows.filter(Q(name__icontains=query) | Q(source_id=query)) if query else rows


def version_for(pk: object) -> ListVersion:
    """The version with this id; raises NotFound."""
    rows = ListVersion.objects.select_related("watchlist", "base")
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such version of a list.")
    return found


def changes_of(version: ListVersion, kind: str, *, material: bool = False) -> QuerySet[EntryChange]:
    """What the version does to entries of this kind of change (all for an unknown kind)."""
    rows = version.changes.select_related("entry", "former")
    rows = rows.filter(kind=kind) if kind in ChangeKind.values else rows
    return rows.filter(material=True) if material else rows


def earlier_version(watchlist: Watchlist) -> ListVersion | None:
    """The version that was active before the one that is, to go back to."""
    return watchlist.versions.filter(state=ListState.RETIRED).order_by("-activated_at").first()


def drafts_of(watchlist: Watchlist) -> QuerySet[EntryDraft]:
    """Changes that people proposed, the open ones first."""
    return watchlist.drafts.select_related("proposed_by", "decided_by").order_by("decided_at", "-created_at")


def draft_for(pk: object) -> EntryDraft:
    """The proposed change with this id; raises NotFound."""
    found = EntryDraft.objects.select_related("watchlist").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such change.")
    return found


def entry_of(watchlist: Watchlist, source_id: str) -> ListEntry | None:
    """The entry of the active version with this id, or None."""
    return entries_of(watchlist, "").filter(source_id=source_id).first()


@dataclass(frozen=True)
class ListAge:
    """How fresh a list is. `late`: it was not fetched for twice its interval, or its last fetch failed."""

    id: UUID
    name: str
    entries: int
    activated_at: datetime | None
    fetched_at: datetime | None
    failures: int
    late: bool


def list_ages() -> list[ListAge]:
    """Every list with how fresh it is."""
    return [_age(watchlist) for watchlist in watchlists().exclude(format=PROVIDER)]


def _age(watchlist: Watchlist) -> ListAge:
    active: list[ListVersion] = getattr(watchlist, "active_versions", [])
    source: ListSource | None = getattr(watchlist, "source", None)
    late = source is not None and source.is_enabled and (
        source.failures > 0 or (source.succeeded_at or source.created_at) < now() - 2 * timedelta(hours=source.every_hours)
    )  # fmt: skip
    return ListAge(
        id=watchlist.pk, name=watchlist.name, entries=active[0].entry_count if active else 0,
        activated_at=active[0].activated_at if active else None, fetched_at=source.succeeded_at if source else None,
        failures=source.failures if source else 0, late=late,
    )  # fmt: skip
