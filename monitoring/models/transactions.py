"""Transactions, how they were delivered, the rates they are converted by, and what waits to be assessed."""

from django.db import models
from django.db.models import Q

from accounts.models import ApiClient
from core.columns.fields import SealedCharField, SealedJSONField, SealedTextField
from core.models import BaseModel
from customers.models import Customer
from monitoring.enums import DeliveryKind, Direction


class ExchangeRate(BaseModel):
    """Units of `currency` for one unit of the base currency, from the day `on`."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    per_base = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="rate_once_a_day"),
            models.CheckConstraint(condition=Q(per_base__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class Ingest(BaseModel):
    """One delivery: counts, and the first rejected rows with line and reason. All of them are its `rejected_lines`."""

    kind = models.CharField(max_length=15, choices=DeliveryKind.choices, default=DeliveryKind.TRANSACTIONS)
    source = models.CharField(max_length=60)
    delivered_by = models.CharField(max_length=150)
    accepted = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    rejected = SealedJSONField(default=list)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class RejectedLine(BaseModel):
    """A row that was not taken, as it came: a line of the delivery's error file."""

    ingest = models.ForeignKey(Ingest, on_delete=models.CASCADE, related_name="rejected_lines")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120)
    message = SealedCharField(max_length=300)
    suggestion = SealedCharField(max_length=300, blank=True)
    content = SealedTextField()

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["ingest", "line"], name="rejected_line_of_ingest")]

    def __str__(self) -> str:
        return f"{self.ingest_id} {self.line}"


class Transaction(BaseModel):
    """A transaction of a customer. `base_amount` is in the installation's base currency, at the day's rate.

    `client` is the one that registered the customer, whoever delivered: `external_id` is a key of its system. Neither it nor
    `customer` has an index of its own: one of several columns begins with each, and every index is paid for by every row.
    """

    ingest = models.ForeignKey(Ingest, on_delete=models.PROTECT, related_name="transactions")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="transactions", db_index=False)
    external_id = models.CharField(max_length=100)
    account = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    base_amount = models.DecimalField(max_digits=18, decimal_places=2)
    type = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    counterparty_name = models.CharField(max_length=200, blank=True)
    counterparty_account = models.CharField(max_length=60, blank=True)
    counterparty_country = models.CharField(max_length=2, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["-booked_at"]
        constraints = [
            models.UniqueConstraint(fields=["client", "external_id"], name="transaction_once_per_client"),
            models.UniqueConstraint(
                fields=["external_id"], condition=Q(client=None), name="transaction_once_without_client"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transaction_amount_is_positive"),
        ]
        indexes = [
            models.Index(fields=["customer", "-booked_at"], name="transaction_of_customer"),
            models.Index(fields=["-booked_at"], name="transaction_newest"),
            models.Index(fields=["account", "-booked_at"], name="transaction_of_account"),
            models.Index(fields=["counterparty_account", "-booked_at"], name="transaction_with_account"),
        ]

    def __str__(self) -> str:
        return self.external_id


class PendingAssessment(BaseModel):
    """A customer has transactions, from `since` on, that no scenario has seen. One row a delivery and customer.

    Rows are only added and, once assessed, deleted: two deliveries at once cannot overwrite each other's `since`.
    With a `process_id` it is a batch record that waits: at once for what can be said of single entries, and as a whole
    (`is_whole`) when it is complete.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    process_id = models.CharField(max_length=60, blank=True)
    is_whole = models.BooleanField(default=False)
    since = models.DateTimeField()
    run_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.customer_id)
