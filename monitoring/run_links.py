"""What the ids of alerts in workflow runs lead to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.ids import parse_id
from core.permissions import Permission
from monitoring.models import Alert
from workflows.engine.links import Link, register_link


def alerts_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Alerts by id, by their scenario, for who may see alerts."""
    if not viewer.has_perm(Permission.ALERT_VIEW):
        return {}
    rows = Alert.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "scenario__name")
    return {str(pk): Link(f"alert: {name}", reverse("monitoring:alert_detail", args=[pk])) for pk, name in rows}


register_link("alert_id", alerts_behind)
