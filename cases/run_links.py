"""What the ids of cases and decisions in runs lead to, and which runs a typed number means."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from core.ids import parse_id
from core.permissions import Permission
from workflows.engine.links import Link, register_link

_MOST = 50


def cases_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Cases by id, for who may see cases."""
    if not viewer.has_perm(Permission.CASE_VIEW):
        return {}
    rows = Case.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "number")
    return {str(pk): Link(number, reverse("cases:case_detail", args=[pk])) for pk, number in rows}


def cases_meant(text: str) -> list[str]:
    """Cases of this number, or of the customer with this reference."""
    wanted = Q(number__iexact=text) | Q(customer__external_id__iexact=text)
    return [str(pk) for pk in Case.objects.filter(wanted).values_list("pk", flat=True)[:_MOST]]


register_link("case_id", cases_behind, cases_meant)
