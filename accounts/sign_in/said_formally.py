"""Texts of django-allauth that people meet here and that its German says with “du”: our catalogue says them with “Sie”."""

from django.utils.translation import gettext_noop

SAID_FORMALLY = (
    gettext_noop("Please type your current password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Your password has been changed."),
    gettext_noop("Your account has no password set up."),
    gettext_noop(
        "An account already exists with this email address. Please sign in to that account first, then connect your %s account."
    ),
)
