"""Reads of trials on past runs."""

from core.exceptions import NotFound
from core.ids import parse_id
from workflows.models import Run, Trial, Workflow
from workflows.selectors.runs import about, runs


def trial_with_id(pk: object) -> Trial:
    """The trial with this id, with its version and run; raises NotFound."""
    found = Trial.objects.select_related("version__workflow", "run__version__workflow", "work").filter(pk=parse_id(pk))
    trial = found.first()
    if trial is None:
        raise NotFound("There is no such trial.")
    return trial


def runs_to_try_on(workflow: Workflow, words: str = "") -> list[Run]:
    """Past runs that a version can be tried on: about what was typed, else the newest of the workflow, else of any."""
    rows = runs().prefetch_related(None)
    if words:
        return list(rows.filter(about(words))[:20])
    return list(rows.filter(version__workflow=workflow)[:20]) or list(rows[:20])
