"""A definition's way to being active: drafted, proposed, approved by another person. Nobody overwrites unseen changes."""

import hashlib
from uuid import UUID

from django.db import transaction

from audit.actions import Action
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, Fault
from core.words import said
from workflows import actions
from workflows.enums import VersionState
from workflows.exceptions import AuthorCannotApprove, DefinitionInvalid, DraftIsStale
from workflows.models import Workflow, WorkflowVersion
from workflows.selectors import checked_definition, seen_mark
from workflows.services.publishing import activate

_FIRST_TEXT = """workflow:
  name: "{name}"
  trigger: manual
  steps:
    - name: "Ask"
      action: await_callback
      with: {{what: "an answer"}}
"""


@transaction.atomic
def create_workflow(*, name: str, by: Actor) -> WorkflowVersion:
    """A new workflow with a first draft; nothing starts it before a version of it is approved.

    Side effects: the workflow, the draft, an audit entry. Raises Conflict where the name is taken.
    """
    name = name.strip()
    if Workflow.objects.filter(name__iexact=name).exists():
        raise Conflict("There is a workflow of this name.", [Fault("/name", "There is a workflow of this name")])
    workflow = Workflow.objects.create(name=name, trigger="manual")
    return _add(workflow, _FIRST_TEXT.format(name=name.replace('"', "'")), VersionState.DRAFT, "", by)


@transaction.atomic
def save_draft(*, workflow_id: UUID, text: str, seen: str, note: str, by: Actor) -> WorkflowVersion:
    """Keeps the text as the workflow's draft, faulty as it may be. What waited for approval is a draft again.

    `seen` is the mark (`selectors.seen_mark`) of the newest version that the person began with. Side effects: the draft,
    an audit entry. Raises DraftIsStale where somebody has changed it since.
    """
    newest = _newest(workflow_id)
    if newest is not None and seen != seen_mark(newest):
        raise DraftIsStale(
            said(
                "{published_by} has saved version {number} meanwhile. Your text is still here: compare, then save.",
                published_by=newest.published_by,
                number=newest.number,
            )
        )
    if newest is None or not newest.is_open:
        return _add(Workflow.objects.get(pk=workflow_id), text, VersionState.DRAFT, note, by)
    newest.text, newest.sha256, newest.note = text, _digest(text), note[:300]
    newest.state, newest.revision, newest.edited_at = VersionState.DRAFT, newest.revision + 1, now()
    newest.published_by, newest.author_key = by.name, by.id
    newest.save()
    _record(actions.WORKFLOW_DRAFTED, newest, by)
    return newest


@transaction.atomic
def propose_text(*, text: str, by: Actor) -> WorkflowVersion:
    """A text from outside the editor, proposed as the newest version of the workflow it names.

    Side effects: the workflow on first use, the version, audit entries. Raises DefinitionInvalid, and Conflict while
    another draft of it is open.
    """
    name = checked_definition(text).name
    workflow, _ = Workflow.objects.get_or_create(name=name, defaults={"trigger": "manual"})
    _refuse_second_draft(_newest(workflow.pk))
    return propose_version(version_id=_add(workflow, text, VersionState.DRAFT, "", by).pk, by=by)


@transaction.atomic
def propose_version(*, version_id: UUID, by: Actor) -> WorkflowVersion:
    """Asks another person to approve the draft. Side effects: the version, an audit entry.

    Raises Conflict where it is no draft, DefinitionInvalid where its text has faults or names another workflow.
    """
    version = _locked(version_id, VersionState.DRAFT, "Only a draft can be proposed.")
    if checked_definition(version.text).name != version.workflow.name:
        fault = Fault(
            "/text/line/2",
            said("Line 2: the name is not {name}", name=version.workflow.name),
            "keep the name, or make a new workflow",
        )
        raise DefinitionInvalid("The definition names another workflow.", [fault])
    version.state, version.published_by, version.author_key = VersionState.PROPOSED, by.name, by.id
    version.save(update_fields=["state", "published_by", "author_key"])
    _record(actions.WORKFLOW_PROPOSED, version, by)
    return version


@transaction.atomic
def approve_version(*, version_id: UUID, revision: int, by: Actor) -> WorkflowVersion:
    """Another person approves what they saw: the version is active, the former one retired, the schedule its own.

    Side effects: the versions, the workflow's trigger and schedule, audit entries. Raises Conflict where it does not wait
    or was changed since, AuthorCannotApprove, DefinitionInvalid.
    """
    version = _locked(version_id, VersionState.PROPOSED, "This version does not wait for an approval.")
    if version.author_key == by.id or not by.is_person:
        raise AuthorCannotApprove("Another person approves what you proposed.")
    if version.revision != revision:
        raise Conflict("The text was changed since you looked at it. Look again.")
    version.approved_by = by.name
    activate(version, checked_definition(version.text), by=by)
    return version


@transaction.atomic
def return_version(*, version_id: UUID, reason: str, by: Actor) -> WorkflowVersion:
    """Sends what waits for approval back to its author, as a draft. Side effects: the version, an audit entry."""
    version = _locked(version_id, VersionState.PROPOSED, "This version does not wait for an approval.")
    version.state, version.note = VersionState.DRAFT, f"Sent back by {by.name}: {reason}"[:300]
    version.save(update_fields=["state", "note"])
    _record(actions.WORKFLOW_RETURNED, version, by, reason)
    return version


@transaction.atomic
def discard_version(*, version_id: UUID, reason: str, by: Actor) -> WorkflowVersion:
    """Gives a draft up; its text stays among the versions. Side effects: the version, an audit entry."""
    version = WorkflowVersion.objects.select_for_update(of=("self",)).select_related("workflow").get(pk=version_id)
    if not version.is_open:
        raise Conflict("Only what is not active yet can be given up.")
    version.state = VersionState.DISCARDED
    version.save(update_fields=["state"])
    _record(actions.WORKFLOW_DISCARDED, version, by, reason)
    return version


@transaction.atomic
def roll_back(*, version_id: UUID, reason: str, by: Actor) -> WorkflowVersion:
    """Proposes the text of an earlier version anew; another person approves it like any other.

    Side effects: a proposed version, audit entries. Raises Conflict while another draft is open, DefinitionInvalid.
    """
    earlier = WorkflowVersion.objects.select_related("workflow").get(pk=version_id)
    _refuse_second_draft(_newest(earlier.workflow_id))
    note = f"Back to version {earlier.number}: {reason}"
    draft = _add(earlier.workflow, earlier.text, VersionState.DRAFT, note, by)
    return propose_version(version_id=draft.pk, by=by)


def _newest(workflow_id: UUID) -> WorkflowVersion | None:
    """The newest version, with the workflow locked: of two who save, one waits."""
    Workflow.objects.select_for_update().get(pk=workflow_id)
    return WorkflowVersion.objects.filter(workflow_id=workflow_id).select_related("workflow").first()


def _refuse_second_draft(newest: WorkflowVersion | None) -> None:
    if newest is not None and newest.is_open:
        raise Conflict(
            said("Version {number} is being worked on. Approve it or give it up first.", number=newest.number)
        )


def _locked(version_id: UUID, state: VersionState, refusal: str) -> WorkflowVersion:
    version = WorkflowVersion.objects.select_for_update(of=("self",)).select_related("workflow").get(pk=version_id)
    if version.state != state:
        raise Conflict(refusal)
    return version


def _add(workflow: Workflow, text: str, state: VersionState, note: str, by: Actor) -> WorkflowVersion:
    newest = workflow.versions.first()
    version = WorkflowVersion.objects.create(
        workflow=workflow, number=newest.number + 1 if newest else 1, text=text, sha256=_digest(text), state=state,
        note=note[:300], published_by=by.name, author_key=by.id, edited_at=now(),
    )  # fmt: skip
    _record(actions.WORKFLOW_DRAFTED, version, by)
    return version


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _record(action: Action, version: WorkflowVersion, by: Actor, reason: str = "") -> None:
    after = {"workflow": version.workflow.name, "number": version.number, "sha256": version.sha256}
    record(action, by=by, object_type="workflow", object_id=version.workflow_id, after=after, reason=reason)
