"""The workflow action that tells people and channels something."""

from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import people
from cases.selectors import case_with_id
from core.words import said
from notifications.services import Told, tell
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action

_ROLES = tuple(str(role) for role in Role if role != Role.SERVICE_ACCOUNT)


class Notify(Action):
    """Tells roles, the case's assignee, and every channel that hears “a workflow says something”."""

    name = "notify"
    summary = "Tells people, and every channel that subscribed, a sentence with a link to the case or the run."
    parameters = {
        "text": Parameter("text", "the sentence; it leaves the product, so it names nobody", required=True),
        "roles": Parameter(
            "list",
            said("roles that are told: {roles}, or the code of a custom role", roles=", ".join(_ROLES)),
            default=[],
        ),
        "assignee": Parameter("flag", "whether the case's assignee is told", default=False),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        is_case = context.subject_type == "case"
        path = (reverse("cases:case_detail", args=[context.subject_id]) if is_case
                else reverse("workflows:run_detail", args=[context.run_id]))  # fmt: skip
        told = Told("run.message", path, f"run.message:{context.step_id}",
                    {"message": {"text": str(context.parameters["text"])[:150]}})  # fmt: skip
        heard = self._heard(context, is_case=is_case)
        tell(told, concerned=heard)
        return StepOutcome({"people": len(heard)})

    @staticmethod
    def _heard(context: StepContext, *, is_case: bool) -> list[User]:
        roles = context.parameters["roles"]
        heard = list(people().filter(is_active=True, role__in=roles if isinstance(roles, list) else []))
        assignee = case_with_id(context.subject_id).assignee if is_case and context.parameters["assignee"] else None
        return [*heard, assignee] if assignee else heard


register_action(Notify())
