"""The workflow action that puts the evidence of a case where another department or system fetches it."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from cases.models import Case
from core.exceptions import Unavailable
from core.ids import parse_id
from reporting.services import export_case_evidence
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
        try:
            pack = export_case_evidence(case=case, by=context.by, with_originals=bool(context.parameters["originals"]))
        except Unavailable as error:
            raise StepFailed(error.message, retry=True) from error
        digest = hashlib.sha256(pack.archive).hexdigest()
        name = f"{Path(pack.name).stem}-{digest[:12]}.zip"
        _write(Path(settings.EXPORT_FOLDER) / name, pack.archive)
        return StepOutcome({"file": name, "sha256": digest, "manifest_sha256": pack.manifest_sha256})


def _write(path: Path, content: bytes) -> None:
    """The whole file or none of it, readable by this installation alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        os.fsync(stream.fileno())
    unfinished.replace(path)


register_action(ExportReport())
