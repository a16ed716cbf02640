"""Input shape of the dashboard: its scope, in the URL."""

from typing import Any

from django import forms

from cases.selectors import queues
from reporting.metrics import PERIODS

_PERIODS = [(days, f"Last {days} days" if days < PERIODS[-1] else "Last year") for days in PERIODS]


def _queues() -> list[tuple[str, str]]:
    return [("", "All teams"), *((str(queue.pk), queue.name) for queue in queues())]


class ScopeForm(forms.Form):
    """Whatever is not a period or a team falls back to 30 days of all."""

    days = forms.ChoiceField(choices=_PERIODS, required=False, label="Period")
    team = forms.ChoiceField(choices=_queues, required=False, label="Team")

    def scope_values(self) -> dict[str, Any]:
        """(days, queue) as they were chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        return {"days": int(given.get("days") or 30), "queue": given.get("team") or None}
