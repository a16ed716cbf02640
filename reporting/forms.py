"""Input shape of the dashboard: its scope, in the URL."""

from datetime import timedelta
from typing import Any

from django import forms

from cases.selectors import may_know_filings, queues
from core.clock import today
from core.permissions import Permission
from core.words import said
from reporting.metrics import PERIODS

_PERIODS = [
    (days, said("Last {days} days", days=days) if days < PERIODS[-1] else said("Last year")) for days in PERIODS
]


def _queues() -> list[tuple[str, str]]:
    return [("", said("All teams")), *((str(queue.pk), queue.name) for queue in queues())]


class ExportForm(forms.Form):
    """A period and a format; the last 30 days where nothing else is said."""

    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    format = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF")], label="As")

    def __init__(self, formats: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        days = {"first": today() - timedelta(days=30), "last": today()}
        super().__init__(*args, **({"initial": days} | kwargs))
        self.fields["format"].choices = [(name, name.upper()) for name in formats]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """What a pack holds beyond what every pack holds; only what the person may have is asked."""

    originals = forms.BooleanField(required=False, label="With the original documents as they arrived")
    reports = forms.BooleanField(
        required=False, label="With reports of suspicion: never for anybody who may not know of them"
    )

    def __init__(self, principal: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not principal.has_perm(Permission.DOCUMENT_DOWNLOAD):
            del self.fields["originals"]
        if not may_know_filings(principal):
            del self.fields["reports"]


class PeriodEvidenceForm(EvidenceForm):
    """The days of a period besides; the last quarter of a year where nothing else is said."""

    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("first", "last", "originals", "reports")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"first": today() - timedelta(91), "last": today()}} | kwargs))


class ScopeForm(forms.Form):
    """Whatever is not a period or a team falls back to 30 days of all."""

    days = forms.ChoiceField(choices=_PERIODS, required=False, label="Period")
    team = forms.ChoiceField(choices=_queues, required=False, label="Team")

    def scope_values(self) -> dict[str, Any]:
        """(days, queue) as they were chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        return {"days": int(given.get("days") or 30), "queue": given.get("team") or None}
