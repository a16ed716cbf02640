"""The workflow action that puts the evidence of a case where another department or system fetches it."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from cases.models import Case
from core.exceptions import Unavailable
from core.ids import parse_id
from reporting.evidence.scope import scope_of_case
from reporting.services import make_evidence
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed


class ExportReport(Action):
    """The file is named by case and content, so that a repeated attempt leaves one."""

    name = "export_report"
    summary = (
        "Writes the evidence of the case (report, data, record with proofs) as an archive into the folder for exports."
    )
    parameters = {"originals": Parameter("flag", "whether the customer's original files go with it", default=False)}

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        named = context.subject_id if context.subject_type == "case" else parse_id(context.reference("case_id"))
        case = Case.objects.select_related("customer__party").filter(pk=named).first()
        if case is None:
            raise StepFailed("this run is about no case, and no step before it opened one", retry=False)
        folder = Path(settings.EXPORT_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unnamed = folder / f"{context.step_id}.making"
        try:
            pack = make_evidence(
                scope=scope_of_case(case),
                path=unnamed,
                by=context.by,
                with_originals=bool(context.parameters["originals"]),
            )
        except Unavailable as error:
            raise StepFailed(error.message, retry=True) from error
        digest = _synced(unnamed)
        name = f"{Path(pack.name).stem}-{digest[:12]}.zip"
        unnamed.replace(folder / name)
        return StepOutcome({"file": name, "sha256": digest, "manifest_sha256": pack.manifest_sha256})


def _synced(path: Path) -> str:
    """SHA-256 of a file that is on the disk now."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()


register_action(ExportReport())
