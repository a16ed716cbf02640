"""Lists that people keep in the product: one proposes a change, another approves it, and it becomes a version."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now, today
from core.exceptions import Conflict, Fault, InvalidInput, NotFound
from core.words import said
from screening import actions
from screening.differences import party_of
from screening.enums import DraftState, ListKind, ListState
from screening.exceptions import ImporterCannotApprove
from screening.lists.base import PERSON, SCHEMAS, ListedParty, ParsedList, is_iso_date
from screening.lists.countries import country_code
from screening.models import EntryDraft, ListEntry, ListVersion, Watchlist
from screening.services.importing import stage_version
from screening.services.versions import activate_version

OWN = "own"  # the format of lists that are edited here
_MANY = ("aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs")


@transaction.atomic
def create_own_list(*, name: str, kind: ListKind, by: Actor) -> Watchlist:
    """An empty list of one's own. Side effects: the list, an audit entry. Raises Conflict where the name is taken."""
    if Watchlist.objects.filter(name=name).exists():
        raise Conflict("There is a list of this name.")
    watchlist = Watchlist.objects.create(name=name, kind=kind, format=OWN)
    record(actions.SOURCE_SET, by=by, object_type="watchlist", object_id=watchlist.pk, stream="list-import",
           after={"list": name, "every_hours": 0, "location": "kept in Probity"})  # fmt: skip
    return watchlist


@transaction.atomic
def propose_entry(
    *, watchlist: Watchlist, source_id: str, facts: Mapping[str, object], reason: str, by: Actor,
    expires_on: date | None = None, removes: bool = False,
) -> EntryDraft:  # fmt: skip
    """Proposes an entry as it shall be, or its end; nothing changes until somebody else approves it.

    Side effects: the draft, an audit entry. Raises InvalidInput, NotFound for the end of an entry that is not there.
    """
    person = person_for_actor(by)
    if watchlist.format not in {OWN, "internal_csv"}:
        raise InvalidInput("Only a list of one's own is edited here; others change by import.")
    if removes and not _active_entries(watchlist).filter(source_id=source_id).exists():
        raise NotFound("There is no such entry on the active version.")
    told = {} if removes else _checked(source_id, facts)
    draft = EntryDraft.objects.create(watchlist=watchlist, source_id=source_id, facts=told, removes=removes,
                                      expires_on=expires_on, reason=reason, proposed_by=person)  # fmt: skip
    record(actions.DRAFT_PROPOSED, by=by, object_type="entry_draft", object_id=draft.pk, stream="list-import",
           after={"list": watchlist.name, "source_id": source_id, "removes": removes}, reason=reason)  # fmt: skip
    return draft


def decide_entry(*, draft_id: UUID, approve: bool, by: Actor) -> EntryDraft:
    """Approves or refuses a proposed change. Approved, it is a new active version of the list.

    Side effects: the draft, an audit entry; approved those of `activate_version`. Raises ImporterCannotApprove for the
    person who proposed it, Conflict where it is decided already.
    """
    draft, version = _decided(draft_id, approve=approve, by=by)
    if version is not None:
        activate_version(version_id=version.pk, by=by)
    return draft


@transaction.atomic
def _decided(draft_id: UUID, *, approve: bool, by: Actor) -> tuple[EntryDraft, ListVersion | None]:
    person = person_for_actor(by)
    draft = EntryDraft.objects.select_for_update(of=("self",)).select_related("watchlist").get(pk=draft_id)
    if draft.state != DraftState.PROPOSED:
        raise Conflict("This change is decided already.")
    if draft.proposed_by_id == person.pk:
        raise ImporterCannotApprove("Somebody else must approve what you proposed.")
    draft.claim_version()
    draft.state = DraftState.APPROVED if approve else DraftState.REFUSED
    draft.decided_by, draft.decided_at = person, now()
    draft.save()
    record(actions.DRAFT_DECIDED, by=by, object_type="entry_draft", object_id=draft.pk, stream="list-import",
           after={"list": draft.watchlist.name, "source_id": draft.source_id, "state": draft.state})  # fmt: skip
    return draft, _with_draft(draft, by) if approve else None


def _with_draft(draft: EntryDraft, by: Actor) -> ListVersion:
    rows = list(_active_entries(draft.watchlist))
    kept = [party_of(row) for row in rows if row.source_id != draft.source_id]
    expiries = {row.source_id: row.expires_on for row in rows}
    if not draft.removes:
        many: dict[str, Any] = {name: tuple(draft.facts.get(name, [])) for name in _MANY}
        one: dict[str, Any] = {name: str(draft.facts.get(name, "")) for name in ("schema", "name", "gender", "remarks")}
        kept.append(ListedParty(source_id=draft.source_id, **one, **many))
        expiries[draft.source_id] = draft.expires_on
    return _staged(draft.watchlist, kept, expiries, by)


def _staged(
    watchlist: Watchlist, entries: list[ListedParty], expiries: Mapping[str, date | None], by: Actor
) -> ListVersion:
    digest = hashlib.sha256(repr([*entries, *sorted(map(str, expiries.items()))]).encode()).hexdigest()
    version = stage_version(
        watchlist=watchlist, parsed=ParsedList(tuple(entries)), digest=digest, by=by, source="edited here", gated=False
    )
    for key, day in expiries.items():
        if day is not None:
            version.entries.filter(source_id=key).update(expires_on=day)
    return version


def end_expired_entries() -> None:
    """Takes entries off lists of one's own on the day after their last. Side effects: a new active version of each such list."""
    due = ListEntry.objects.filter(version__state=ListState.ACTIVE, expires_on__lt=today())
    by = system_actor("expiry of entries")
    for watchlist in Watchlist.objects.filter(pk__in=due.values("version__watchlist")):
        with transaction.atomic():
            rows = list(_active_entries(watchlist))
            kept = [row for row in rows if row.expires_on is None or row.expires_on >= today()]
            version = _staged(
                watchlist, [party_of(row) for row in kept], {row.source_id: row.expires_on for row in kept}, by
            )
        activate_version(version_id=version.pk, by=by)


def _active_entries(watchlist: Watchlist) -> models.QuerySet[ListEntry]:
    return ListEntry.objects.filter(version__watchlist=watchlist, version__state=ListState.ACTIVE)


def _checked(source_id: str, facts: Mapping[str, object]) -> dict[str, object]:
    told: dict[str, object] = {name: list(facts.get(name) or []) for name in _MANY}  # type: ignore[call-overload]
    told |= {name: str(facts.get(name) or "") for name in ("name", "gender", "remarks")}
    told["schema"] = facts.get("schema") or PERSON
    faults = []
    if not source_id or len(source_id) > 120:  # noqa: PLR2004 - the column's width
        faults.append(Fault("/source_id", "needs an id of its own, of at most 120 characters"))
    if not any(char.isalnum() for char in str(told["name"])):
        faults.append(Fault("/name", "needs a name with letters"))
    if told["schema"] not in SCHEMAS:
        faults.append(Fault("/schema", "is no schema", ", ".join(SCHEMAS)))
    dates, countries = (list(map(str, told[name])) for name in ("birth_dates", "countries"))  # type: ignore[call-overload]
    faults += [Fault("/birth_dates", said("`{text}` is no birth date", text=text), "1962, 1962-03 or 1962-03-01")
               for text in dates if not is_iso_date(text)]  # fmt: skip
    faults += [
        Fault("/countries", said("`{text}` is no country", text=text)) for text in countries if not country_code(text)
    ]
    if faults:
        raise InvalidInput("The entry is not valid.", faults)
    told["countries"] = [country_code(text) for text in countries]
    return told
