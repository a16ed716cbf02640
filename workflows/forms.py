"""Input shapes of the workflow pages."""

from django import forms


class DefinitionForm(forms.Form):
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}), strip=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300)
