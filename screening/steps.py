"""The workflow action that screens a customer."""

from customers.models import Customer
from screening.exceptions import NoActiveList
from screening.services import find_matches, store_screening
from screening.services.screen import Found
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action


class ScreenAgainstLists(Action):
    """Matches outside the transaction, stores inside it. Without an active list it says so: never a pass."""

    name = "screen_against_lists"
    summary = "Screens the customer and its owners against every active list."

    def work(self, context: StepContext) -> Found | None:
        customer = Customer.objects.select_related("party").get(pk=str(context.inputs["customer_id"]))
        try:
            return find_matches(customer)
        except NoActiveList:
            return None

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if not isinstance(worked, Found):
            return StepOutcome({"screened": False, "reason": "no_active_list"})
        customer = Customer.objects.get(pk=str(context.inputs["customer_id"]))
        screening = store_screening(customer=customer, found=worked, by=context.by, stream=context.stream)
        counts = {"raised": screening.raised, "suppressed": screening.suppressed, "lists": len(worked.versions)}
        return StepOutcome({"screened": True, "screening_id": str(screening.pk), **counts})


register_action(ScreenAgainstLists())
