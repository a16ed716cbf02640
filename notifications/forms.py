"""Input shapes of the notification pages."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from accounts.models import User
from accounts.selectors import role_choices
from cases.selectors import queues
from core.words import said
from notifications.channels.base import Channel
from notifications.enums import Digest
from notifications.events import EVENTS, EventType, subscribable
from notifications.models import Destination, Preferences
from notifications.services import LONGEST_OVERLAP_HOURS, OVERLAP_HOURS
from notifications.texts import languages

_HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(max_length=200)


class RotateForm(forms.Form):
    """For how long the former secret signs too."""

    hours = forms.IntegerField(
        min_value=0,
        max_value=LONGEST_OVERLAP_HOURS,
        initial=OVERLAP_HOURS,
        label="The former secret signs too for (hours)",
    )


class DestinationForm(forms.Form):
    """A channel to be set up, or what it hears. The address of one that is there stays unless another is given."""

    name = forms.CharField(max_length=80)
    address = forms.CharField(max_length=500)
    events = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    queue_ids = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Only cases of these queues"
    )
    language = forms.ChoiceField()

    def __init__(self, *arguments: Any, channel: Channel, row: Destination | None = None, **more: Any) -> None:
        if row is not None:
            more["initial"] = {
                "name": row.name,
                "events": row.events,
                "queue_ids": row.queues,
                "language": row.language,
            }
        super().__init__(*arguments, **more)
        self.fields["address"] = forms.CharField(
            max_length=500, label=channel.address_label, help_text=channel.address_hint, required=row is None,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip
        if row is not None:
            self.fields["name"].disabled = True
            self.fields["address"].help_text = said("Now {shown}. Leave it empty to keep it.", shown=row.shown)
        for name, choices in (
            ("events", [(e.code, e.name) for e in subscribable(for_client=bool(row and row.client_id))]),
            ("queue_ids", [(str(queue.pk), queue.name) for queue in queues()]), ("language", list(languages().items())),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class RuleForm(forms.Form):
    """Who hears of an event."""

    event = forms.ChoiceField(choices=[(code, code) for code in EVENTS])
    is_on = forms.BooleanField(required=False)
    roles = forms.MultipleChoiceField(choices=role_choices, required=False)


class TextForm(forms.Form):
    """The words for an event."""

    subject = forms.CharField(max_length=150)
    body = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class PreferencesForm(forms.Form):
    """How I want to be told: a box for each event and way, and when mails come."""

    language = forms.ChoiceField(label="Language of messages")
    time_zone = forms.ChoiceField(choices=[(zone, zone) for zone in sorted(available_timezones())])
    digest = forms.ChoiceField(
        choices=Digest.choices, label="E-mails come", help_text="What is urgent comes at once, always."
    )
    digest_hour = forms.TypedChoiceField(choices=_HOURS, coerce=int, label="The daily one at")
    quiet_from = forms.TimeField(
        required=False, label="Quiet from", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        required=False, label="until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any = None, *, wish: Preferences) -> None:
        super().__init__(data, initial={name: getattr(wish, name) for name in self.base_fields})
        self._muted = set(wish.muted)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(languages().items())

    def rows_for(self, person: Any) -> list[dict[str, Any]]:
        """For every event that this person can be told of: the event, and whether each box is ticked."""
        return [
            {"event": event, **{way: self._is_ticked(event, way) for way in ("product", "email")}}
            for event in _hearable(person)
        ]

    def wishes(self) -> dict[str, Any]:
        """What `save_preferences` takes."""
        boxes = {f"{code}:{way}" for code in EVENTS for way in ("product", "email")}
        shown = set(self.data.getlist("shown")) if hasattr(self.data, "getlist") else set()
        ticked = set(self.data.getlist("told")) if hasattr(self.data, "getlist") else set()
        muted = (self._muted & boxes - shown) | (shown & boxes - ticked)
        return {**self.cleaned_data, "digest": Digest(self.cleaned_data["digest"]), "muted": sorted(muted)}

    def _is_ticked(self, event: EventType, way: str) -> bool:
        return f"{event.code}:{way}" not in self._muted or (event.urgent and way == "product")


def _hearable(person: User) -> list[EventType]:
    return [
        event for event in EVENTS.values() if person.has_perm(event.needs) and not event.code.startswith("channel.test")
    ]
