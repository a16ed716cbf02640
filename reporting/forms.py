"""Input shape of the dashboard: its scope, in the URL."""

from datetime import timedelta
from typing import Any

from django import forms

from cases.selectors import queues
from core.clock import today
from reporting.metrics import PERIODS

_PERIODS = [(days, f"Last {days} days" if days < PERIODS[-1] else "Last year") for days in PERIODS]


def _queues() -> list[tuple[str, str]]:
    return [("", "All teams"), *((str(queue.pk), queue.name) for queue in queues())]


class ExportForm(forms.Form):
    """A period and a format; the last 30 days where nothing else is said."""

    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    format = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF")], label="As")

    def __init__(self, formats: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        days = {"first": today() - timedelta(days=30), "last": today()}
        super().__init__(*args, **({"initial": days} | kwargs))
        self.fields["format"].choices = [(name, name.upper()) for name in formats]  # type: ignore[attr-defined]


class ScopeForm(forms.Form):
    """Whatever is not a period or a team falls back to 30 days of all."""

    days = forms.ChoiceField(choices=_PERIODS, required=False, label="Period")
    team = forms.ChoiceField(choices=_queues, required=False, label="Team")

    def scope_values(self) -> dict[str, Any]:
        """(days, queue) as they were chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        return {"days": int(given.get("days") or 30), "queue": given.get("team") or None}
