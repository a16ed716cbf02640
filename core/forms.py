"""Putting a service's refusal back into the form it came from."""

from collections.abc import Callable
from typing import Any

from django import forms

from core.exceptions import ProbityError
from core.language import in_words

INVALID = 422


def add_faults(form: forms.Form, error: ProbityError) -> None:
    """Each fault at the field its pointer names (`/password` → `password`), the rest above the form."""
    if not error.faults:
        form.add_error(None, in_words(error.message))
    for fault in error.faults:
        name = fault.pointer.strip("/").partition("/")[0]
        text = in_words(fault.message)
        text = f"{text}. {in_words(fault.suggestion)}" if fault.suggestion else text
        form.add_error(name if name in form.fields else None, text)


def refusal_of(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> int:
    """Calls `act` with the form's values: 0 where it was done, else the status to show the form again with.

    What the service refuses stands in the form then.
    """
    if not form.is_valid():
        return INVALID
    try:
        act(form.cleaned_data)
    except ProbityError as error:
        add_faults(form, error)
        return error.status
    return 0
