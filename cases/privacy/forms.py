"""Input shapes of data protection."""

from django import forms

from cases.privacy.enums import RequestKind

_DAY = forms.DateInput(attrs={"type": "date"})


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[choice for choice in RequestKind.choices if choice[0] != RequestKind.RETENTION],
        label="What is asked for",
    )
    received_on = forms.DateField(widget=_DAY, label="Arrived on", help_text="it is to be answered within a month")


class HoldForm(forms.Form):
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Reason",
        help_text="the proceeding or authority",
    )
    until = forms.DateField(required=False, widget=_DAY, label="Until", help_text="empty: until further notice")


class LiftForm(forms.Form):
    reason = forms.CharField(max_length=1000, label="Reason for lifting")
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class RefusalForm(VersionForm):
    answer = forms.CharField(
        max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), label="What the customer is told"
    )


class RetentionForm(forms.Form):
    exited_years = forms.IntegerField(min_value=1, max_value=15, label="Years after a relationship ended")
    rejected_years = forms.IntegerField(min_value=1, max_value=15, label="Years after somebody was refused")
