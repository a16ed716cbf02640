"""Input shapes of the account pages."""

from django import forms

from accounts.enums import Role
from accounts.roles import permissions_of

PERSON_ROLES = [choice for choice in Role.choices if choice[0] != Role.SERVICE_ACCOUNT]
SCOPES = [(scope, scope) for scope in sorted(permissions_of(Role.SERVICE_ACCOUNT))]


class PersonForm(forms.Form):
    """A new person."""

    username = forms.CharField(max_length=150)
    full_name = forms.CharField(max_length=200)
    role = forms.ChoiceField(choices=PERSON_ROLES)
    password = forms.CharField(widget=forms.PasswordInput, help_text="At least 12 characters, not a common one.")


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(max_length=300)


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(choices=PERSON_ROLES)


class PasswordResetForm(ReasonForm):
    """Another password for somebody, and why."""

    password = forms.CharField(widget=forms.PasswordInput)


class OwnPasswordForm(forms.Form):
    """My present password and the new one."""

    old = forms.CharField(
        label="Present password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label="New password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters, not a common one.",
    )  # fmt: skip


class ClientForm(forms.Form):
    """A new API client."""

    name = forms.CharField(max_length=120)
    scopes = forms.MultipleChoiceField(choices=SCOPES, widget=forms.CheckboxSelectMultiple)


class KeyForm(forms.Form):
    """A new key for an API client."""

    days = forms.IntegerField(min_value=1, max_value=366, initial=90, label="Valid for (days)")
