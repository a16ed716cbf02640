"""What changed from one version of a policy to the next, for the list of versions beside its form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms, template
from django.db import models
from django.forms.models import model_to_dict

from core.language import code_in_words
from core.words import said

register = template.Library()
_KEPT_APART = {"id", "number", "published_by"}


@dataclass(frozen=True)
class Change:
    """A value of a version and what it was in the one before; both as people read them."""

    label: str
    before: object
    after: object


@dataclass(frozen=True)
class Told:
    """A version with what changed by it; `is_first` where none stands before it, and all of it is new."""

    version: Any
    changes: list[Change]
    is_first: bool


@register.filter
def with_changes(versions: Iterable[models.Model], form: forms.BaseForm | str = "") -> list[Told]:
    """Each version, newest first, with what changed by it; values are called as the form calls them."""
    rows = list(versions)
    fields = form.fields if isinstance(form, forms.BaseForm) else {}
    values = [dict(_leaves(model_to_dict(row))) for row in rows]
    told = [
        Told(row, list(_changes(now, before, fields)), False)
        for row, (now, before) in zip(rows, pairwise(values), strict=False)
    ]
    for row, whole in zip(rows[-1:], values[-1:], strict=True):
        is_first = row.number == 1  # type: ignore[attr-defined]
        told.append(Told(row, list(_changes(whole, {}, fields)) if is_first else [], is_first))
    return told


def _changes(now: Mapping[str, Any], before: Mapping[str, Any], fields: Mapping[str, forms.Field]) -> Iterator[Change]:
    for name in {**now, **before}:
        if now.get(name) != before.get(name):
            label = fields[name].label if name in fields else None
            yield Change(str(label or code_in_words(name).capitalize()), *_shown(before.get(name), now.get(name)))


def _leaves(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif name not in _KEPT_APART:
            yield name, value


def _shown(before: Any, now: Any) -> tuple[object, object]:
    """Of what is a list, how many there were, and how many came and went."""
    if isinstance(before, list) and isinstance(now, list):
        came, went = (sum(one not in others for one in rows) for rows, others in ((now, before), (before, now)))
        return len(before), said(
            "{number} ({came} new or changed, {went} gone or changed)", number=len(now), came=came, went=went
        )
    was, is_now = ("–" if one is None else len(one) if isinstance(one, list) else one for one in (before, now))
    return was, is_now
