"""Input shapes of the account pages."""

from collections.abc import Collection
from typing import Any

from allauth.account.forms import LoginForm
from django import forms

from accounts.enums import Role
from accounts.models import REQUESTS_PER_MINUTE, SignInPolicy
from accounts.roles import permissions_of
from accounts.selectors import role_choices
from accounts.separation import FOR_PEOPLE
from accounts.vocabulary import GROUPS, WORDS
from core.language import in_words
from core.permissions import Permission
from core.words import said

SCOPES = [(str(one), told) for one, told in WORDS.items() if one in permissions_of(Role.SERVICE_ACCOUNT)]


class PersonForm(forms.Form):
    """A new person, who sets their password themselves."""

    username = forms.CharField(max_length=150)
    full_name = forms.CharField(max_length=200)
    email = forms.EmailField(required=False, label="E-mail address", help_text="The invitation goes there.")
    role = forms.ChoiceField(choices=role_choices)


def _new_password(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), **more)


class FirstPasswordForm(forms.Form):
    """The password of somebody invited, twice."""

    password = _new_password("Password", help_text="At least 12 characters, not a common one.")
    again = _new_password("The same once more")

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(in_words("The two are not the same."))
        return str(self.cleaned_data["again"])


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(max_length=300)


class EmailForm(ReasonForm):
    """Another address, or none, and why."""

    email = forms.EmailField(required=False, label="E-mail address")

    field_order = ("email", "reason")


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(choices=role_choices)


class RoleDefinitionForm(forms.Form):
    """What a role of the house is called and may do: a field of boxes for each group of the vocabulary."""

    name = forms.CharField(max_length=60)
    sentence = forms.CharField(max_length=200, label="What it is for, in one sentence")
    reason = forms.CharField(max_length=300, label="Why it is made or changed")

    def __init__(self, *args: Any, granted: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (title, words) in enumerate(GROUPS.items()):
            self.fields[f"group_{number}"] = forms.MultipleChoiceField(
                choices=[(str(one), told) for one, told in words.items() if one in FOR_PEOPLE], required=False, label=title,
                initial=[one for one in words if one in granted], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def as_role(self) -> dict[str, Any]:
        """The values as the service takes them."""
        values = self.cleaned_data
        chosen = [one for name in self.fields if name.startswith("group_") for one in values[name]]
        return {name: values[name] for name in ("name", "sentence", "reason")} | {"permissions": chosen}


class OwnPasswordForm(forms.Form):
    """My present password and the new one."""

    old = forms.CharField(
        label="Present password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = _new_password("New password", help_text="At least 12 characters, not a common one.")


class ClientForm(forms.Form):
    """A new API client."""

    name = forms.CharField(max_length=120)
    scopes = forms.MultipleChoiceField(choices=SCOPES, widget=forms.CheckboxSelectMultiple, label="What it may do")


class ScopesForm(ReasonForm):
    """Other scopes, and why."""

    scopes = forms.MultipleChoiceField(choices=SCOPES, widget=forms.CheckboxSelectMultiple, label="What it may do")

    field_order = ("scopes", "reason")


class KeyForm(forms.Form):
    """A new key for an API client."""

    days = forms.IntegerField(min_value=1, max_value=366, initial=90, label="Valid for (days)")
    per_minute = forms.IntegerField(
        min_value=1, max_value=1_000_000, initial=REQUESTS_PER_MINUTE, required=False, label="Requests a minute at most"
    )
    networks = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 2}), label="Allowed addresses",
        help_text="One block a line, such as 203.0.113.0/24. Nothing: from anywhere.",
    )  # fmt: skip

    def clean_per_minute(self) -> int:
        return self.cleaned_data["per_minute"] or REQUESTS_PER_MINUTE

    def clean_networks(self) -> list[str]:
        return str(self.cleaned_data["networks"]).split()


class RotateForm(forms.Form):
    """How long a key that is replaced goes on working."""

    hours = forms.IntegerField(min_value=0, max_value=720, initial=24)


class SignInForm(LoginForm):
    """Name or address, and password. The field is called `username`, as password managers and programs know it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = said("Username or e-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn", "autofocus": True}
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        prefixed: str = super().add_prefix("username" if field_name == "login" else field_name)
        return prefixed


CONFIRMED = {
    Permission.DECISION_APPROVE: said("Approving decisions"),
    Permission.FILING_APPROVE: said("Approving reports of suspicion"),
    Permission.REPORT_EXPORT: said("Exports and evidence packs"),
    Permission.DOCUMENT_DOWNLOAD: said("Original documents"),
    Permission.API_CLIENT_MANAGE: said("API clients and their keys"),
    Permission.PERSON_MANAGE: said("People, roles and this policy"),
}


class SignInPolicyForm(forms.ModelForm[SignInPolicy]):
    """How people sign in here."""

    roles = forms.MultipleChoiceField(
        choices=role_choices, required=False, widget=forms.CheckboxSelectMultiple, label="Must have a second factor"
    )
    confirm = forms.MultipleChoiceField(
        choices=[(str(permission), label) for permission, label in CONFIRMED.items()], required=False,
        widget=forms.CheckboxSelectMultiple, label="Ask who is there again before",
    )  # fmt: skip

    field_order = (
        "roles", "grace_days", "lock_after", "lock_minutes", "idle_minutes", "longest_hours", "confirm", "confirm_minutes",
        "invitation_days", "sso_matches_email", "sso_creates_people",
    )  # fmt: skip

    class Meta:
        model = SignInPolicy
        fields = (
            "grace_days", "lock_after", "lock_minutes", "idle_minutes", "longest_hours", "confirm", "confirm_minutes",
            "invitation_days", "sso_matches_email", "sso_creates_people",
        )  # fmt: skip
        labels = {
            "grace_days": "Days to set it up",
            "lock_after": "Failures before a lock",
            "lock_minutes": "Minutes a lock lasts",
            "idle_minutes": "Minutes without work before a session ends",
            "longest_hours": "Hours a session lasts at most",
            "confirm_minutes": "Minutes a sign-in counts as fresh",
            "invitation_days": "Days an invitation is good for",
            "sso_matches_email": "The organisation's sign-in may link people by their verified e-mail address",
            "sso_creates_people": "The organisation's sign-in may bring in new people, with the role of their group",
        }
        help_texts = {
            "lock_after": "Of one person from one address; ten times as many of one person, or from one address.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].initial = list(self.instance.second_factor)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in (
            "lock_after",
            "lock_minutes",
            "idle_minutes",
            "longest_hours",
            "confirm_minutes",
            "invitation_days",
        ):
            if values.get(name) == 0:
                self.add_error(name, said("At least 1."))
        return values
