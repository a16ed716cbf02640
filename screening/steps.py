"""The workflow actions that screen a customer and bring lists up to date."""

from customers.models import Customer
from screening.exceptions import NoActiveList
from screening.selectors import list_sources
from screening.services import articles_naming, find_matches, refresh_source, screen_media, store_screening
from screening.services.screen import Found
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed


def _customer(context: StepContext) -> Customer:
    return Customer.objects.select_related("party").get(pk=context.reference("customer_id"))


class ScreenAgainstLists(Action):
    """Matches outside the transaction, stores inside it. Without an active list it says so: never a pass."""

    name = "screen_against_lists"
    is_tried_out = True
    summary = "Screens the customer and its owners against every active list."

    def work(self, context: StepContext) -> Found | None:
        try:
            return find_matches(_customer(context))
        except NoActiveList:
            return None

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if not isinstance(worked, Found):
            return StepOutcome({"screened": False, "reason": "no_active_list"})
        screening = store_screening(customer=_customer(context), found=worked, by=context.by, stream=context.stream)
        counts = {"raised": screening.raised, "suppressed": screening.suppressed, "lists": len(worked.versions)}
        return StepOutcome({"screened": True, "screening_id": str(screening.pk), **counts})


class ScreenAdverseMedia(Action):
    """Articles that are kept already; those that come later look for the customer by themselves."""

    name = "screen_adverse_media"
    summary = "Looks the customer and its owners up in the adverse articles that are kept."

    def work(self, context: StepContext) -> object:
        return articles_naming(_customer(context))

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        assert isinstance(worked, list)
        raised = screen_media(customer=_customer(context), named=worked, by=context.by, stream=context.stream)
        return StepOutcome({"raised": raised, "articles": len(worked)})


class ImportList(Action):
    """Fetching and importing are harmless to repeat: a version that is known is not imported again."""

    name = "import_list"
    summary = (
        "Fetches lists from their sources and imports what is new; customers are screened against it by themselves."
    )
    parameters = {"list": Parameter("text", "the name of the list; without it every list that has a source")}

    def work(self, context: StepContext) -> dict[str, object]:
        sources = list(list_sources(str(context.parameters.get("list") or "")))
        if not sources and context.parameters.get("list"):
            raise StepFailed("no list of this name has a source", retry=False)
        versions = [refresh_source(source.pk, force=True) for source in sources]
        failed = list_sources(failing=True).filter(pk__in=[source.pk for source in sources]).count()
        made = [str(version.pk) for version in versions if version is not None]
        return {"sources": len(sources), "new_versions": len(made), "failed": failed, "version_ids": made}

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        assert isinstance(worked, dict)
        return StepOutcome(worked)


for _action in (ScreenAgainstLists(), ScreenAdverseMedia(), ImportList()):
    register_action(_action)
