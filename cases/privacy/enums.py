"""Closed sets of data protection."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What is asked (GDPR Art. 15, Art. 17); `retention` is asked by nobody: the time to keep has run out."""

    ACCESS = "access", "Access"
    ERASURE = "erasure", "Erasure"
    RETENTION = "retention", "End of retention"


class RequestState(TextChoices):
    OPEN = "open", "To be answered"
    APPROVED = "approved", "Being erased"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


ERASING = frozenset({RequestKind.ERASURE, RequestKind.RETENTION})
