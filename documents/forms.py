"""Input shapes of the documents pages."""

from django import forms


class CorrectionForm(forms.Form):
    value = forms.CharField(max_length=500)
    reason = forms.CharField(max_length=300)


class ReviewForm(forms.Form):
    """Why a document is taken as good, or is not; `back` is the address one came from."""

    reason = forms.CharField(max_length=300)
    back = forms.CharField(required=False)


class UploadForm(forms.Form):
    file = forms.FileField(error_messages={"empty": "The file is empty."})
    next = forms.CharField(required=False)
