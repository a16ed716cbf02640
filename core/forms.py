"""Putting a service's refusal back into the form it came from."""

from django import forms

from core.exceptions import ProbityError


def add_faults(form: forms.Form, error: ProbityError) -> None:
    """Each fault at the field its pointer names (`/password` → `password`), the rest above the form."""
    if not error.faults:
        form.add_error(None, error.message)
    for fault in error.faults:
        name = fault.pointer.strip("/").partition("/")[0]
        text = f"{fault.message}. {fault.suggestion}" if fault.suggestion else fault.message
        form.add_error(name if name in form.fields else None, text)
