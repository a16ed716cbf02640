"""What of a case is kept from those who may not know that suspicion was reported (tipping off)."""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from core.models import BaseModel


class Concealment(BaseModel):
    """While it is open, the case stands still for those who may not know: nothing on its stream from `first_seq` on is theirs.

    `holder` is what the case is concealed for (`decision:<id>`, `filing:<id>`); the entries stay hidden when it ends.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="concealments")
    holder = models.CharField(max_length=60, unique=True)
    stream = models.CharField(max_length=120)
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["stream", "first_seq", "last_seq"], name="concealed_entries"),
            models.Index(fields=["case"], condition=Q(ended_at=None), name="concealed_now"),
        ]

    def __str__(self) -> str:
        return self.holder
