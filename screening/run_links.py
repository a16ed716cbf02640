"""What the ids of screenings in workflow runs lead to: the hits that one raised."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.ids import parse_id
from core.permissions import Permission
from screening.models import Screening
from workflows.engine.links import Link, register_link


def screenings_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """The customer's hits, for who may see hits."""
    if not viewer.has_perm(Permission.HIT_VIEW):
        return {}
    rows = Screening.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "customer_id", "raised")
    return {
        str(pk): Link(
            f"screening: {raised} hit{'' if raised == 1 else 's'} raised",
            reverse("screening:hit_panel", args=[customer]),
        )
        for pk, customer, raised in rows
    }


register_link("screening_id", screenings_behind)
