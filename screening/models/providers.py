"""Providers that are asked beside the lists, and where each customer stands with each of them."""

from django.db import models
from django.db.models import Q

from core.models import BaseModel, VersionedModel
from customers.models import Customer
from screening.enums import CheckState, ProviderKind
from screening.models.lists import Watchlist


class Provider(VersionedModel):
    """A screening service. Its key is in the environment under `key_variable`, never in the database.

    `failures` in a row open the circuit until `open_until`: nobody is asked in between, and every check waits.
    """

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=ProviderKind.choices)
    url = models.URLField(max_length=300)
    key_variable = models.CharField(max_length=60, blank=True)
    mapping = models.JSONField(default=dict)
    timeout_seconds = models.PositiveSmallIntegerField(default=10)
    is_enabled = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    watchlist = models.OneToOneField(Watchlist, on_delete=models.PROTECT, related_name="provider")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProviderCheck(BaseModel):
    """Whether a customer was looked up at a provider. Anything but `done` is no pass, and is tried again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="provider_checks")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="checks")
    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    found = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["provider__name"]
        constraints = [models.UniqueConstraint(fields=["customer", "provider"], name="check_once_per_provider")]
        indexes = [models.Index(fields=["next_at"], condition=Q(state="pending"), name="check_due")]

    def __str__(self) -> str:
        return self.state
