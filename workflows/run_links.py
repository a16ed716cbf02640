"""What the ids of runs and workflows in runs lead to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.ids import parse_id
from workflows.engine.links import Link, register_link
from workflows.models import Run, Workflow


def runs_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Runs by id, by the name of their workflow; who sees one run sees all."""
    rows = Run.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "version__workflow__name")
    return {str(pk): Link(f"run of {name}", reverse("workflows:run_detail", args=[pk])) for pk, name in rows}


def workflows_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Workflows by id: what a schedule starts is about the workflow itself."""
    rows = Workflow.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "name")
    return {str(pk): Link(f"workflow {name}", reverse("workflows:workflow_detail", args=[pk])) for pk, name in rows}


register_link("run_id", runs_behind)
register_link("workflow_id", workflows_behind)
