"""Closed sets of the screening app."""

from django.db.models import TextChoices


class ListKind(TextChoices):
    SANCTION = "sanction", "Sanctions"
    PEP = "pep", "Politically exposed persons"
    ADVERSE_MEDIA = "adverse_media", "Adverse media"
    INTERNAL = "internal", "Internal"


class ListState(TextChoices):
    STAGED = "staged", "Staged"
    ACTIVE = "active", "Active"
    RETIRED = "retired", "Retired"
    REFUSED = "refused", "Refused"


class ChangeKind(TextChoices):
    """What a new version of a list does to an entry."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"


class DraftState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class HitState(TextChoices):
    OPEN = "open", "Open"
    DISPOSED = "disposed", "Decided"


class HitDisposition(TextChoices):
    TRUE_MATCH = "true_match", "True match"
    FALSE_POSITIVE = "false_positive", "False positive"
    INCONCLUSIVE = "inconclusive", "Inconclusive"


class HitReason(TextChoices):
    """Why a hit was decided as it was."""

    SAME_IDENTITY = "same_identity", "Identity confirmed by documents"
    OTHER_BIRTH_DATE = "other_birth_date", "Other birth date"
    OTHER_COUNTRY = "other_country", "Other nationality or country"
    OTHER_NAME = "other_name", "The name is another one"
    OTHER_GENDER = "other_gender", "Other gender"
    NOT_ENOUGH = "not_enough", "Not enough is known"


REASONS_FOR: dict[HitDisposition, tuple[HitReason, ...]] = {
    HitDisposition.TRUE_MATCH: (HitReason.SAME_IDENTITY,),
    HitDisposition.FALSE_POSITIVE: (
        HitReason.OTHER_BIRTH_DATE, HitReason.OTHER_COUNTRY, HitReason.OTHER_NAME, HitReason.OTHER_GENDER,
    ),
    HitDisposition.INCONCLUSIVE: (HitReason.NOT_ENOUGH,),
}  # fmt: skip


class ScreeningTrigger(TextChoices):
    """What a screening was made for."""

    WORKFLOW = "workflow", "Case"
    PERSON = "person", "By hand"
    LIST = "list", "A list changed"
    CUSTOMER = "customer", "The customer changed"
    PROVIDER = "provider", "A provider answered"


class CoverageState(TextChoices):
    SCREENED = "screened", "Screened"
    FAILED = "failed", "Failed"


class MediaCategory(TextChoices):
    """What an adverse article is about."""

    MONEY_LAUNDERING = "money_laundering", "Money laundering"
    CORRUPTION = "corruption", "Bribery and corruption"
    FRAUD = "fraud", "Fraud"
    TAX = "tax", "Tax crime"
    TERRORISM = "terrorism", "Terrorism"
    SANCTIONS = "sanctions", "Sanctions evasion"
    TRAFFICKING = "trafficking", "Trafficking"
    ORGANISED_CRIME = "organised_crime", "Organised crime"
    CYBER = "cyber", "Cyber crime"
    VIOLENCE = "violence", "Violence"


class ProviderKind(TextChoices):
    YENTE = "yente", "yente or OpenSanctions"
    REST = "rest", "REST service with a mapping"


class CheckState(TextChoices):
    PENDING = "pending", "Not answered yet"
    DONE = "done", "Answered"


class SuppressionEnd(TextChoices):
    EXPIRED = "expired", "It expired"
    UNAPPROVED = "unapproved", "Nobody approved it in time"
    PARTY_CHANGED = "party_changed", "The customer's identity changed"
    ENTRY_CHANGED = "entry_changed", "The listed identity changed"
    LIFTED = "lifted", "Somebody lifted it"


class JobKind(TextChoices):
    DELTA = "delta", "Changes of a list"
    FULL = "full", "Every customer"


class JobState(TextChoices):
    PENDING = "pending", "Pending"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
