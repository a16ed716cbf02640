"""What starts workflows: things that happened in the product, a person, another system.

This is the engine's own port. It stands on the lowest floor of the apps, so whoever has something to tell calls down
into it, inside the transaction of what happened; no signal has to come up for it (docs/adr/0011).
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.exceptions import Fault, InvalidInput, NotFound
from core.ids import parse_id
from core.words import said
from workflows import actions
from workflows.engine.subjects import subjects
from workflows.enums import Urgency
from workflows.exceptions import NotStartedByHand
from workflows.hooks import Delivery, check_signature, secret_for
from workflows.models import Run, Workflow
from workflows.selectors import versions_started_by, workflow_for, workflow_with_hook
from workflows.services.runs import start_run

_MOST_INPUTS, _LONGEST_KEY = 50, 80


@transaction.atomic
def start_for_event(
    *, event: str, subject_type: str, subject_id: UUID, inputs: dict[str, object], stream: str, by: Actor,
    urgency: Urgency = Urgency.NORMAL,
) -> list[Run]:  # fmt: skip
    """Starts every workflow whose trigger is `event` and whose condition holds over `inputs`; none is no error.

    `inputs` are ids, counts and codes. Side effects: those of `start_run` for each.
    """
    return [
        start_run(
            trigger=event, workflow=version.workflow, subject_type=subject_type, subject_id=subject_id, inputs=inputs,
            stream=stream, by=by, urgency=urgency,
        )
        for version in versions_started_by(event, inputs)
    ]  # fmt: skip


def start_manually(*, workflow_id: UUID, inputs: Mapping[str, object], by: Actor, key: str = "") -> Run:
    """A person starts a workflow whose trigger is `manual` or a schedule; with the same `key` again it is the same run.

    Where `inputs` name a case or a customer the run is about it, else about the workflow itself. Side effects: those of
    `start_run`. Raises NotFound, NotStartedByHand, InvalidInput.
    """
    workflow = workflow_for(workflow_id)
    if workflow.trigger not in {"manual", "schedule"}:
        raise NotStartedByHand(said("This workflow is started by {trigger}, not by hand.", trigger=workflow.trigger))
    return _start_once(workflow, inputs, by, f"manual:{by.id}:{workflow.pk}:{key[:_LONGEST_KEY]}" if key else None)


def start_by_webhook(*, workflow_id: UUID, delivery: Delivery) -> Run:
    """Another system starts a workflow whose trigger is `webhook`; the same message told again is the run that is there.

    The body is `{"inputs": {…}}`. Side effects: those of `start_run`. Raises NotFound where there is no such webhook,
    SignatureRefused, InvalidInput.
    """
    workflow = workflow_with_hook(workflow_id)
    check_signature(delivery, secret_for(workflow.pk, workflow.hook_generation))
    key = f"webhook:{workflow.pk}:{delivery.message_id}"
    return _start_once(workflow, delivery.inputs(), system_actor("webhook"), key)


@transaction.atomic
def renew_hook_secret(*, workflow_id: UUID, by: Actor) -> str:
    """A new secret for the workflow's webhook, shown once; the former stops working. Side effects: an audit entry."""
    workflow = Workflow.objects.select_for_update().get(pk=workflow_with_hook(workflow_id).pk)
    workflow.hook_generation += 1
    workflow.save(update_fields=["hook_generation"])
    after = {"workflow": workflow.name, "generation": workflow.hook_generation}
    record(actions.HOOK_RENEWED, by=by, object_type="workflow", object_id=workflow.pk, after=after)
    return secret_for(workflow.pk, workflow.hook_generation)


def _start_once(workflow: Workflow, inputs: Mapping[str, object], by: Actor, key: str | None) -> Run:
    """Starts the run, or finds the one that the same key has started."""
    subject_type, subject_id, stream = subject_of(_checked(inputs)) or (
        "workflow",
        workflow.pk,
        f"workflow:{workflow.pk}",
    )
    known = Run.objects.filter(start_key=key).first() if key else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return start_run(
                trigger=workflow.trigger, workflow=workflow, subject_type=subject_type, subject_id=subject_id,
                inputs=dict(inputs), stream=stream, by=by, start_key=key,
            )  # fmt: skip
    except IntegrityError:  # the same key at the same moment
        return Run.objects.get(start_key=key)


def subject_of(inputs: Mapping[str, object]) -> tuple[str, UUID, str] | None:
    """Kind, id and audit stream of what a run with these inputs is about, or None. Raises NotFound for a thing not there."""
    found: list[tuple[str, UUID, str]] = []
    for subject in subjects():
        identifier = parse_id(inputs.get(f"{subject.kind}_id"))
        if f"{subject.kind}_id" in inputs:
            found.append((subject.kind, identifier, subject.stream(identifier)))
    if any(not stream for _, _, stream in found):
        raise NotFound("There is no such case or customer.")
    return found[0] if found else None


def _checked(inputs: Mapping[str, object]) -> Mapping[str, object]:
    if len(inputs) > _MOST_INPUTS:
        raise InvalidInput(
            "There are too many inputs.",
            [Fault("/inputs", said("has more than {most_inputs} values", most_inputs=_MOST_INPUTS))],
        )
    return inputs
