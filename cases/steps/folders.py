"""The workflow action that takes in a batch of documents."""

from collections import Counter
from pathlib import Path

from django.conf import settings

from accounts.selectors import api_client_named
from cases.folder import batch_folder, documents_taken_since, ingest_folder
from core.exceptions import InvalidInput, NotFound
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed
from workflows.selectors import run_for


class IngestFolder(Action):
    """The folder lies below PROBITY_INGEST_FOLDER. What was taken is known by its content, so doing it again takes nothing twice."""

    name = "ingest_folder"
    summary = "Takes in the documents and submissions of a folder, as `manage.py ingest_folder` does; none, where there is no folder."
    parameters = {
        "folder": Parameter("text", "the folder's name below the installation's folder for batches", required=True),
        "client": Parameter("text", "the API client that the customers belong to", required=True),
    }

    def work(self, context: StepContext) -> dict[str, int]:
        if not (Path(settings.INGEST_FOLDER) / str(context.parameters["folder"])).exists():
            return {}
        try:
            folder = batch_folder(str(context.parameters["folder"]))
            client = api_client_named(str(context.parameters["client"]))
        except (NotFound, InvalidInput) as error:
            raise StepFailed(error.message, retry=False) from error
        return dict(Counter(report.outcome for report in ingest_folder(folder, client)))

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        assert isinstance(worked, dict)
        documents = documents_taken_since(run_for(context.run_id).created_at)
        return StepOutcome({"documents": documents, "count": len(documents), "outcomes": worked})


register_action(IngestFolder())
