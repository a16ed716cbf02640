"""Publishing workflows: their text checked, versioned, active; the ones that ship with the product."""

import hashlib
from pathlib import Path

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from workflows import actions
from workflows.enums import VersionState
from workflows.models import Workflow, WorkflowVersion
from workflows.selectors import checked_definition
from workflows.services.scheduling import plan_schedule

_DEFINITIONS = Path(__file__).parent.parent / "definitions"


@transaction.atomic
def publish_workflow(*, text: str, by: Actor) -> WorkflowVersion:
    """Makes `text` the active version of the workflow it names; running runs keep theirs. The same text: no new version.

    Side effects: the workflow on first use, the former version retired, the new version, its schedule, an audit entry.
    Raises DefinitionInvalid.
    """
    definition = checked_definition(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    trigger = definition.trigger
    workflow, _ = Workflow.objects.update_or_create(name=definition.name, defaults={"trigger": trigger.event})
    newest = workflow.versions.select_for_update().first()
    if newest is not None and newest.sha256 == digest and newest.state == VersionState.ACTIVE:
        return newest
    workflow.versions.filter(state=VersionState.ACTIVE).update(state=VersionState.RETIRED)
    number = newest.number + 1 if newest else 1
    version = WorkflowVersion.objects.create(
        workflow=workflow, number=number, text=text, sha256=digest, published_by=by.name
    )
    plan_schedule(workflow, trigger)
    after = {"workflow": workflow.name, "number": number, "sha256": digest}
    record(actions.WORKFLOW_PUBLISHED, by=by, object_type="workflow", object_id=workflow.pk, after=after)
    return version


def ensure_shipped_workflows() -> None:
    """Publishes the definitions that come with the product where a workflow of that name does not exist yet."""
    known = set(Workflow.objects.values_list("name", flat=True))
    for path in sorted(_DEFINITIONS.glob("*.yaml")):
        text = path.read_text()
        if checked_definition(text).name not in known:
            publish_workflow(text=text, by=system_actor("shipped definitions"))
