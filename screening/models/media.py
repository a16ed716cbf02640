"""Adverse media: articles as they were found, and hits of customers in them."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.columns.fields import SealedCharField, SealedJSONField, SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer, Party
from screening.enums import HitDisposition, HitState, MediaCategory


class NewsSource(BaseModel):
    """A feed that is fetched, or where articles were imported from."""

    name = models.CharField(max_length=120, unique=True)
    url = models.URLField(max_length=500, blank=True)
    every_hours = models.PositiveSmallIntegerField(default=6)
    next_fetch_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Article(BaseModel):
    """An article, once however often it was published. `text` is what quotes point into."""

    source = models.ForeignKey(NewsSource, on_delete=models.PROTECT, related_name="articles")
    sha256 = models.CharField(max_length=64, unique=True)
    url = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500)
    text = models.TextField()
    published_on = models.DateField(null=True)
    probability = models.FloatField()
    category = models.CharField(max_length=20, choices=MediaCategory.choices, blank=True)
    classified_by = models.CharField(max_length=10)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class MediaHit(VersionedModel):
    """A party of a customer that an adverse article seems to name. The quote's and the name's offsets point into its text."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="media_hits")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="media_hits")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="hits")
    mention = SealedCharField(max_length=300)
    mention_start = models.PositiveIntegerField()
    mention_end = models.PositiveIntegerField()
    quote_start = models.PositiveIntegerField()
    quote_end = models.PositiveIntegerField()
    similarity = models.DecimalField(max_digits=5, decimal_places=4)
    alignment = SealedJSONField(default=list)
    state = models.CharField(max_length=10, choices=HitState.choices, default=HitState.OPEN)
    disposition = models.CharField(max_length=15, choices=HitDisposition.choices, blank=True)
    rationale = SealedTextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-state", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["party", "article"], name="media_hit_once"),
            models.CheckConstraint(
                condition=Q(state=HitState.OPEN, disposition="") | Q(state=HitState.DISPOSED) & ~Q(disposition=""),
                name="disposed_media_hit_has_a_disposition",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def quote(self) -> str:
        return self.article.text[self.quote_start : self.quote_end]
