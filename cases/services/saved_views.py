"""Views of the queue that people save for themselves or for everybody."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.services import record
from cases import actions
from cases.models import SavedView
from cases.selectors import FILTERS, SORTS, saved_view_for
from core.actor import Actor
from core.exceptions import Fault, InvalidInput, PermissionRefused
from core.permissions import Permission
from core.words import said

_KEPT = ("view", "sort", *FILTERS)
_LONGEST, _MOST = 60, 20


@transaction.atomic
def save_view(*, title: str, query: Mapping[str, str], is_shared: bool, by: Actor) -> SavedView:
    """Keeps the filters of the queue under a title; one's own view of the same title is replaced.

    Searches by name are not kept: a name is personal. Side effects: the view, an audit entry. Raises InvalidInput.
    """
    person, title = person_for_actor(by), title.strip()
    if not title or len(title) > _LONGEST:
        raise InvalidInput(
            "A view needs a name.", [Fault("/title", "is missing", said("1 to {longest} characters", longest=_LONGEST))]
        )
    if person.saved_views.exclude(title=title).count() >= _MOST:
        raise InvalidInput(
            "There are many views already.", [Fault("/title", said("at most {most}", most=_MOST), "delete one first")]
        )
    kept = {name: str(query[name])[:100] for name in _KEPT if query.get(name)}
    if kept.get("sort") not in SORTS:
        kept.pop("sort", None)
    row, _ = SavedView.objects.update_or_create(
        owner=person, title=title, defaults={"query": kept, "is_shared": is_shared}
    )
    after = {"title": title, "query": kept, "shared": is_shared}
    record(actions.VIEW_SAVED, by=by, object_type="saved_view", object_id=row.pk, stream="config", after=after)
    return row


@transaction.atomic
def delete_view(*, view_id: UUID, by: Actor) -> None:
    """Deletes one's own view, or a shared one for who may give cases to others. Raises NotFound, PermissionRefused."""
    person = person_for_actor(by)
    row = saved_view_for(person, view_id)
    if row.owner_id != person.pk and not person.has_perm(Permission.CASE_ASSIGN):
        raise PermissionRefused("This view is somebody else's.")
    told = {"title": row.title}
    row.delete()
    record(actions.VIEW_DELETED, by=by, object_type="saved_view", object_id=view_id, stream="config", before=told)
