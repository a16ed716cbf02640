"""Months of transactions that were moved out of the database into sealed files, and the policy that says which."""

from django.db import models
from django.db.models import Q

from core.models import BaseModel
from customers.models import Customer


class ArchivePolicy(BaseModel):
    """A published version of how many months of transactions stay in the database; empty: all of them."""

    number = models.PositiveIntegerField(unique=True)
    months = models.PositiveSmallIntegerField(null=True)
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "archive policies"

    def __str__(self) -> str:
        return f"archive policy {self.number}"


class ArchivedMonth(BaseModel):
    """What of a month (`2024-03`, UTC) lies in a file, and what that file is: its name, size, and the SHA-256 of its Parquet.

    Without a `file` the month was brought back, and stays in the database until the day `at_hand_until`. `kept` are the
    rows that stayed in the database when it was archived.
    """

    month = models.CharField(max_length=7, unique=True)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    at_hand_until = models.DateField(null=True)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=~Q(file="") | Q(rows=0), name="archived_rows_are_in_a_file"),
        ]

    def __str__(self) -> str:
        return self.month


class ArchivedShare(BaseModel):
    """How much of an archived month is a customer's; sums in the base currency. Erasing finds its files by it."""

    month = models.ForeignKey(ArchivedMonth, on_delete=models.CASCADE, related_name="shares")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="archived_shares")
    rows = models.PositiveIntegerField()
    came_in = models.DecimalField(max_digits=18, decimal_places=2)
    went_out = models.DecimalField(max_digits=18, decimal_places=2)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "month"], name="archived_share_once_a_month")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.rows}"
