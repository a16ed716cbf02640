"""Starting the trial of a version on a past run."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from workflows import actions
from workflows.models import Run, Trial, WorkflowVersion
from workflows.selectors import checked_definition
from workflows.services.long_work import start_work

TRIAL = "workflow trial"


@transaction.atomic
def start_trial(*, version_id: UUID, run_id: UUID, by: Actor) -> Trial:
    """Has a worker try the version on the past run, without effects (`workflows.trials`).

    Side effects: the trial, its long work, an audit entry. Raises DefinitionInvalid where the text has faults.
    """
    version = WorkflowVersion.objects.select_related("workflow").get(pk=version_id)
    checked_definition(version.text)
    run = Run.objects.get(pk=run_id)
    trial = Trial.objects.create(
        version=version, revision=version.revision, run=run, started_by={"kind": by.kind, "id": by.id, "name": by.name}
    )
    title = f"Trial of {version.workflow.name} v{version.number}"
    trial.work = start_work(kind=TRIAL, title=title, inputs={"trial": str(trial.pk)}, by=by)
    trial.save(update_fields=["work"])
    after = {"workflow": version.workflow.name, "number": version.number, "run": str(run.pk)}
    record(actions.WORKFLOW_TRIED, by=by, object_type="workflow", object_id=version.workflow_id, after=after)
    return trial
