"""A receiver of reports of suspicion, and the report about the demonstration's structured payments."""

from cases.filings.form.shapes import Address, Institution
from cases.filings.models import FilingProfile
from cases.filings.services import open_filing, save_profile, save_section
from cases.models import Case
from core.actor import Actor

_OURS = Institution(
    name="Probity Demonstration Bank", tin="12-3456789", tcc="TBSATEST", kind="2", regulator="4", contact="Compliance desk",
    phone="+1 555 010 0199", reporter_first_name="Mila", reporter_last_name="Marsh", entity_id="4711", currency="USD",
    branch="Head office", address=Address(street="1 Main Street", city="Springfield", state="VA", postcode="22150", country="US"),
)  # fmt: skip


def make_receiver(by: Actor) -> FilingProfile:
    """FinCEN as a receiver, with particulars that are nobody's."""
    return save_profile(
        code="fincen", title="FinCEN", format="fincen_sar", institution=_OURS.model_dump(mode="json"), by=by
    )


def draft_report(case: Case, by: Actor) -> None:
    """Drafts the report about a case and chooses its kinds of activity; the narrative is left for a person to finish."""
    filing = open_filing(case=case, profile=FilingProfile.objects.get(code="fincen", is_active=True), by=by)
    told = {"classes": ["114", "925"], "instruments": ["46"]}
    save_section(filing_id=filing.pk, section="activity", value=filing.data["activity"] | told, by=by)
