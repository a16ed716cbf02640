"""Publishing workflows: their text checked, versioned, active; the ones that ship with the product."""

import hashlib
from pathlib import Path

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from workflows import actions
from workflows.engine.definition import WorkflowDefinition
from workflows.enums import VersionState
from workflows.models import Workflow, WorkflowVersion
from workflows.selectors import checked_definition
from workflows.services.scheduling import plan_schedule

_DEFINITIONS = Path(__file__).parent.parent / "definitions"


@transaction.atomic
def publish_workflow(*, text: str, by: Actor) -> WorkflowVersion:
    """Makes `text` the active version of the workflow it names, without a second person: for what ships and for tests.

    Runs under way keep theirs. The same text: no new version.

    Side effects: the workflow on first use, the former version retired, the new version, its schedule, an audit entry.
    Raises DefinitionInvalid.
    """
    definition = checked_definition(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    workflow, _ = Workflow.objects.get_or_create(name=definition.name, defaults={"trigger": definition.trigger.event})
    versions = workflow.versions.select_for_update()
    newest, active = versions.first(), versions.filter(state=VersionState.ACTIVE).first()
    if active is not None and active.sha256 == digest:
        return active
    number = newest.number + 1 if newest else 1
    version = WorkflowVersion(workflow=workflow, number=number, text=text, sha256=digest, published_by=by.name)
    activate(version, definition, by=by)
    return version


def activate(version: WorkflowVersion, definition: WorkflowDefinition, *, by: Actor) -> None:
    """Makes `version` the active one. Inside the caller's transaction.

    Side effects: the former version retired, the version, the workflow's trigger, its schedule, an audit entry.
    """
    workflow = version.workflow
    workflow.versions.filter(state=VersionState.ACTIVE).update(state=VersionState.RETIRED)
    version.state, version.activated_at = VersionState.ACTIVE, now()
    version.save()
    workflow.trigger = definition.trigger.event
    workflow.save(update_fields=["trigger"])
    plan_schedule(workflow, definition.trigger)
    after = {"workflow": workflow.name, "number": version.number, "sha256": version.sha256}
    record(actions.WORKFLOW_PUBLISHED, by=by, object_type="workflow", object_id=workflow.pk, after=after)


def ensure_shipped_workflows() -> None:
    """Publishes the definitions that come with the product where a workflow of that name does not exist yet."""
    known = set(Workflow.objects.values_list("name", flat=True))
    for path in sorted(_DEFINITIONS.glob("*.yaml")):
        text = path.read_text()
        if checked_definition(text).name not in known:
            publish_workflow(text=text, by=system_actor("shipped definitions"))
