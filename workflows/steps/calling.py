"""The action that asks another system."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from core.outbound import FetchFailed, post_json
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed
from workflows.services import ask_once, take_turn


class CallHttp(Action):
    """At least once, with the step's id as `Idempotency-Key`; a token goes into the request and nowhere else."""

    name = "call_http"
    answers_from_outside = True
    summary = "Posts JSON to another system whose host is on the installation's list; the answer is the step's output."
    parameters = {
        "url": Parameter("text", "the address, https", required=True),
        "body": Parameter("mapping", "what is posted: ids, counts and codes", default={}),
        "token": Parameter("text", "the name of a token of the installation, sent as Bearer"),
        "per_minute": Parameter("whole", "how often all workers together may call this host", default=60),
        "keep_days": Parameter("whole", "for how many days the same content is not asked again", default=0),
    }

    def work(self, context: StepContext) -> object:
        url, body = str(context.parameters["url"]), context.parameters["body"]
        host = urlsplit(url).hostname or ""
        if host not in settings.WORKFLOW_HTTP_HOSTS:
            raise StepFailed(f"the host {host} is not in PROBITY_WORKFLOW_HTTP_HOSTS", retry=False)
        headers = {"Idempotency-Key": str(context.step_id), **_authorisation(context)}

        def ask() -> Any:
            take_turn(provider=f"http:{host}", per_minute=int(str(context.parameters["per_minute"])))
            return post_json(url, body, headers=headers)

        days = int(str(context.parameters["keep_days"]))
        content = [url, body] if days else [url, body, str(context.step_id)]
        try:
            return ask_once(kind=self.name, content=content, keep=timedelta(days=days or 1), ask=ask)
        except FetchFailed as error:
            raise StepFailed(error.message, retry=True) from error

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        return StepOutcome(worked if isinstance(worked, dict) else {"answer": worked})


def _authorisation(context: StepContext) -> dict[str, str]:
    name = str(context.parameters.get("token") or "")
    if not name:
        return {}
    if name not in settings.WORKFLOW_HTTP_TOKENS:
        raise StepFailed(f"there is no token {name} in PROBITY_WORKFLOW_HTTP_TOKENS", retry=False)
    return {"Authorization": f"Bearer {settings.WORKFLOW_HTTP_TOKENS[name]}"}


register_action(CallHttp())
