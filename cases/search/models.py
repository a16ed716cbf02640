"""The read model of search: one row for each thing that can be found. It can be built anew from the rest at any time."""

from django.db import models

from cases.models import Case
from core.columns.fields import SealedCharField, SealedTextField
from customers.models import Customer


class FoundKind(models.TextChoices):
    CUSTOMER = "customer", "Customers"
    CASE = "case", "Cases"
    DOCUMENT = "document", "Documents"
    COMMENT = "comment", "Comments"


class SearchDocument(models.Model):
    """`text` is what a snippet is cut from; `folded` and `names` are what is looked in (`cases.search.words`).

    The key is a number: SQLite's full-text tables name rows by it. The indices are made by the second migration, for
    PostgreSQL (full text, trigrams) and SQLite (FTS5) each; whoever alters this table on SQLite makes them again.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=FoundKind.choices)
    object_id = models.UUIDField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    title = SealedCharField(max_length=300)
    text = SealedTextField(blank=True)
    folded = models.TextField()
    names = models.TextField(blank=True)

    class Meta:
        db_table = "search_document"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
