"""What the steps of cases are about."""

from cases.models import Case
from core.ids import parse_id
from workflows.engine.registry import StepContext
from workflows.exceptions import StepFailed


def case_of(context: StepContext) -> Case:
    """The case that the run is about, or that a step before opened. Raises StepFailed."""
    named = context.subject_id if context.subject_type == "case" else parse_id(context.reference("case_id"))
    case = Case.objects.select_related("customer__party").filter(pk=named).first()
    if case is None:
        raise StepFailed("this run is about no case, and no step before it opened one", retry=False)
    return case
