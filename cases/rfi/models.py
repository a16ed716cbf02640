"""A request for information: items asked of a customer, answered through a link that expires and can be withdrawn."""

import secrets

from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models import Case
from cases.rfi.enums import ItemKind, RequestState
from core.columns.fields import SealedCharField, SealedEmailField, SealedTextField
from core.models import BaseModel, VersionedModel
from documents.models import Document


def new_nonce() -> str:
    """What makes a link unguessable beyond its signature, and void when it is drawn anew."""
    return secrets.token_urlsafe(12)


class RfiPolicy(BaseModel):
    """A published version of how requests are made. `pauses_sla`: the time a customer takes is not the case's."""

    number = models.PositiveIntegerField(unique=True)
    pauses_sla = models.BooleanField(default=True)
    valid_days = models.PositiveSmallIntegerField(default=14)
    remind_after_days = models.PositiveSmallIntegerField(default=7)
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "policies of requests"

    def __str__(self) -> str:
        return f"request policy {self.number}"


class RfiRequest(VersionedModel):
    """One request about one case. `email` is where it goes; empty: the officer hands the link over."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="information_requests")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    email = SealedEmailField(blank=True)
    nonce = models.CharField(max_length=24, default=new_nonce)
    expires_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    pauses_sla = models.BooleanField(default=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state=RequestState.OPEN), name="one_open_rfi_per_case")
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state=RequestState.OPEN), name="rfi_open")]

    def __str__(self) -> str:
        return str(self.pk)


class RfiItem(BaseModel):
    """One thing asked for, and what was given. `tries` counts what was sent for it: a link is no file store."""

    request = models.ForeignKey(RfiRequest, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    wanted = SealedCharField(max_length=300)
    answer = SealedTextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="rfi_item_position")]

    def __str__(self) -> str:
        return str(self.pk)
