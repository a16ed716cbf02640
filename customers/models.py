"""Who due diligence is done on (FATF R.10): parties, the customers among them, their owners, their risk rating."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ApiClient, User
from core.columns.fields import BlindField, SealedCharField, SealedDateField, SealedEmailField
from core.history import person_of
from core.models import BaseModel, VersionedModel
from customers.enums import CustomerStatus, DueDiligence, LinkKind, PartyKind, RatingLevel


class Party(VersionedModel):
    """A person or organisation that is screened: a customer or a beneficial owner.

    `name` is the name as submitted; for a person the parts stand beside it where they are known. `nationalities` are
    ISO 3166-1 alpha-2 codes; an organisation has `country` of registration.
    """

    kind = models.CharField(max_length=12, choices=PartyKind.choices)
    name = models.CharField(max_length=300)
    given_names = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    birth_date = SealedDateField(null=True, blank=True)
    incorporated_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    nationalities = models.JSONField(default=list, blank=True)
    country = models.CharField(max_length=2, blank=True)
    occupation = SealedCharField(max_length=120, blank=True)
    email = SealedEmailField(blank=True)
    phone = SealedCharField(max_length=40, blank=True)

    history = HistoricalRecords(get_user=person_of)

    class Meta:
        verbose_name_plural = "parties"
        indexes = [models.Index(fields=["kind"], name="party_by_kind")]

    def __str__(self) -> str:
        return str(self.pk)


class PartyAddress(BaseModel):
    """An address of a party; `country` is ISO 3166-1 alpha-2."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="addresses")
    street = SealedCharField(max_length=300, blank=True)
    city = SealedCharField(max_length=120, blank=True)
    postcode = SealedCharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)

    def __str__(self) -> str:
        return str(self.pk)


class PartyIdentifier(BaseModel):
    """A number an authority gave the party: passport, national id, tax number, registration number, LEI."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=30)
    value = SealedCharField(max_length=80)
    country = models.CharField(max_length=2, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class PartyLinkKey(BaseModel):
    """What two parties can share, brought into one spelling: a phone number, an address, a device, an IBAN.

    Written with the party's facts; parties with the same `kind` and `key` are linked (`customers.links`). The key is blind:
    what is shared is read from the facts of the parties.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="link_keys")
    kind = models.CharField(max_length=16, choices=LinkKind.choices)
    key = BlindField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "kind", "key"], name="link_key_once_per_party")]
        indexes = [models.Index(fields=["kind", "key", "party"], name="link_key")]

    def __str__(self) -> str:
        return str(self.pk)


class Customer(VersionedModel):
    """A party in, or asking for, a business relationship. `external_id` is the sender's own key for it.

    `relationship_ended_at` starts the time for which what is known must be kept (Directive (EU) 2015/849 Art. 40);
    after `erased_at` nothing of the person is left but this row's id. `risk_level` repeats the level of the newest rating,
    empty where there is none, so that a list of a million can be narrowed by it.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="customer")
    external_id = models.CharField(max_length=100)
    status = models.CharField(max_length=12, choices=CustomerStatus.choices, default=CustomerStatus.ONBOARDING)
    product = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=60, blank=True)
    purpose = SealedCharField(max_length=300, blank=True)
    expected_monthly_volume = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    registered_by_client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="customers")
    registered_by_person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    relationship_ended_at = models.DateTimeField(null=True, db_index=True)
    erased_at = models.DateTimeField(null=True)
    risk_level = models.CharField(max_length=10, choices=RatingLevel.choices, blank=True, db_default="", editable=False)

    history = HistoricalRecords(get_user=person_of, excluded_fields=["risk_level"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registered_by_client", "external_id"], name="customer_external_id_per_client"
            ),
            models.CheckConstraint(
                condition=Q(registered_by_client__isnull=False) | Q(registered_by_person__isnull=False),
                name="customer_has_a_registrar",
            ),
        ]
        indexes = [
            models.Index(fields=["risk_level", "-created_at"], name="customer_by_risk"),
            models.Index(fields=["status", "-created_at"], name="customer_by_status"),
        ]

    def __str__(self) -> str:
        return self.external_id


class BeneficialOwner(BaseModel):
    """A party that owns or controls a customer; `share_percent` is null where control is by other means."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="owners")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ownerships")
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    control = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "party"], name="owner_once_per_customer"),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True) | (Q(share_percent__gt=0) & Q(share_percent__lte=100)),
                name="owner_share_between_0_and_100",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FormerOwner(BaseModel):
    """A party that was an owner of the customer until it changed: who it was is erased with the customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="former_owners")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="former_ownerships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "party"], name="former_owner_once_a_customer")]

    def __str__(self) -> str:
        return str(self.pk)


class RatingPolicy(BaseModel):
    """A published version of the rating factors and thresholds (the shape is in `customers.risk`)."""

    number = models.PositiveIntegerField(unique=True)
    factors = models.JSONField()
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "rating policies"

    def __str__(self) -> str:
        return f"rating policy {self.number}"


class RiskRating(BaseModel):
    """One rating of a customer. The newest is the current one; older ones stay."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="ratings")
    policy = models.ForeignKey(RatingPolicy, on_delete=models.PROTECT)
    level = models.CharField(max_length=6, choices=RatingLevel.choices)
    due_diligence = models.CharField(max_length=3, choices=DueDiligence.choices)
    score = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.level} ({self.score})"


class RatingFactor(BaseModel):
    """What one factor gave to a rating and why, in a sentence with the real value."""

    rating = models.ForeignKey(RiskRating, on_delete=models.CASCADE, related_name="factors")
    code = models.CharField(max_length=40)
    value = SealedCharField(max_length=200)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    contribution = models.DecimalField(max_digits=6, decimal_places=2)
    reason = SealedCharField(max_length=400)

    class Meta:
        ordering = [F("contribution").desc(), "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.contribution}"

    @property
    def name(self) -> str:
        """The factor in words."""
        return self.code.replace("_", " ").capitalize()
