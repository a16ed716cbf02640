"""Closed sets of the customers app."""

from django.db.models import TextChoices


class PartyKind(TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"


class CustomerStatus(TextChoices):
    """Where the relationship stands; `onboarding` until a decision."""

    ONBOARDING = "onboarding", "Onboarding"
    ACTIVE = "active", "Active"
    REJECTED = "rejected", "Rejected"
    EXITED = "exited", "Exited"


ENDED = frozenset({CustomerStatus.REJECTED, CustomerStatus.EXITED})  # there is no relationship any more, or never was


class RatingLevel(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


UNRATED = "unrated"  # asked for in lists: customers without a rating


class DueDiligence(TextChoices):
    """The level of due diligence the rating asks for (FATF R.10)."""

    CDD = "cdd", "Customer due diligence"
    EDD = "edd", "Enhanced due diligence"


class LinkKind(TextChoices):
    """What two parties can share."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"
    ADDRESS = "address", "Address"
    DEVICE = "device", "Device"
    DOCUMENT = "document", "Document number"
    IBAN = "iban", "IBAN"
    OWNER = "owner", "Owner"
