"""Input shapes of the documents pages."""

from django import forms


class CorrectionForm(forms.Form):
    value = forms.CharField(max_length=500)
    reason = forms.CharField(max_length=300)


class AcceptForm(forms.Form):
    reason = forms.CharField(max_length=300)


class UploadForm(forms.Form):
    file = forms.FileField(error_messages={"empty": "The file is empty."})
    next = forms.CharField(required=False)
