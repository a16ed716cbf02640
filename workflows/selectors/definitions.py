"""Reads of workflows and their versions."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from core.exceptions import Fault, NotFound
from core.ids import parse_id
from core.words import said
from workflows.engine.conditions import holds
from workflows.engine.definition import WorkflowDefinition, parse_definition
from workflows.engine.registry import actions_with_parameters
from workflows.enums import VersionState
from workflows.exceptions import DefinitionInvalid, NoWorkflowForTrigger
from workflows.models import Workflow, WorkflowVersion


def checked_definition(text: str) -> WorkflowDefinition:
    """The definition in `text`; raises DefinitionInvalid whose faults name line, what is wrong and what instead."""
    definition, faults = parse_definition(text, actions_with_parameters())
    if definition is None:
        told = [
            Fault(
                f"/text/line/{fault.line}",
                said("Line {line}: {message}", line=fault.line, message=fault.message),
                fault.suggestion,
            )
            for fault in faults
        ]
        raise DefinitionInvalid(said("The definition has faults: {number}.", number=len(told)), told)
    return definition


@lru_cache(maxsize=256)
def definition_of(text: str) -> WorkflowDefinition:
    """The definition of a published version's text; read once a process, for every step asks for it."""
    return checked_definition(text)


def workflows() -> QuerySet[Workflow]:
    """Every workflow with its active version (`active_versions`) and its number of runs (`run_count`)."""
    active = Prefetch("versions", WorkflowVersion.objects.filter(state=VersionState.ACTIVE), to_attr="active_versions")
    return Workflow.objects.prefetch_related(active).annotate(run_count=Count("versions__runs"))


def workflow_for(pk: object) -> Workflow:
    """The workflow with this id; raises NotFound."""
    found = workflows().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such workflow.")
    return found


def workflow_named(name: str) -> Workflow:
    """The workflow of this name; raises NoWorkflowForTrigger."""
    found = Workflow.objects.filter(name=name).first()
    if found is None:
        raise NoWorkflowForTrigger(said("There is no workflow named {name}.", name=name))
    return found


def workflow_with_hook(pk: UUID) -> Workflow:
    """The workflow with this id where a webhook starts it; raises NotFound."""
    found = Workflow.objects.filter(pk=pk, trigger="webhook").first()
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def workflow_choices() -> list[tuple[str, str]]:
    """(id, name) of every workflow."""
    return [(str(pk), name) for pk, name in Workflow.objects.order_by("name").values_list("pk", "name")]


def active_version_for(
    trigger: str, workflow: Workflow | None = None, inputs: Mapping[str, Any] | None = None
) -> WorkflowVersion:
    """The version that this trigger starts (of `workflow`, where it is named); raises NoWorkflowForTrigger."""
    if workflow is not None:
        active = WorkflowVersion.objects.select_related("workflow").filter(state=VersionState.ACTIVE)
        found = list(active.filter(workflow=workflow))
    else:
        found = versions_started_by(trigger, inputs or {})
    if not found:
        raise NoWorkflowForTrigger(said("No workflow is published for the trigger {trigger}.", trigger=trigger))
    return found[0]


def versions_started_by(trigger: str, inputs: Mapping[str, Any]) -> list[WorkflowVersion]:
    """Active versions with this trigger whose condition holds over `inputs`: those with one first, then the newest."""
    active = WorkflowVersion.objects.select_related("workflow").filter(
        state=VersionState.ACTIVE, workflow__trigger=trigger
    )
    conditions = {version: definition_of(version.text).trigger.when for version in active.order_by("-created_at")}
    kept = [one for one, when in conditions.items() if when is None or holds(when, {"inputs": inputs})]
    return sorted(kept, key=lambda one: conditions[one] is None)


def active_versions() -> QuerySet[WorkflowVersion]:
    """The active version of every workflow."""
    return (
        WorkflowVersion.objects.filter(state=VersionState.ACTIVE).select_related("workflow").order_by("workflow__name")
    )


def version_for(workflow: object, number: int) -> WorkflowVersion:
    """The version of a workflow by its number; raises NotFound."""
    rows = WorkflowVersion.objects.select_related("workflow")
    found = rows.filter(workflow_id=parse_id(workflow), number=number).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def newest_version(workflow: Workflow) -> WorkflowVersion:
    """The newest version of a workflow, whatever its state. Every workflow has one."""
    return workflow.versions.select_related("workflow")[0]


def seen_mark(version: WorkflowVersion) -> str:
    """What tells whether somebody has saved since: the newest version's number and how often it was changed."""
    return f"{version.number}.{version.revision}"
