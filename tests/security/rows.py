"""A row of any model, with no more than it must have: an object to ask for, where what it holds does not matter."""

from typing import Any

from django.db import models

from core.clock import now


def row_of(model: type[models.Model], **values: Any) -> models.Model:
    """The first row there is, or a new one whose required fields are filled by their type."""
    return (None if values else model._default_manager.first()) or _made(model, values)


def _made(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    for field in model._meta.concrete_fields:
        if field.name not in values and not (field.null or field.has_default() or field.primary_key):
            values[field.name] = _value_for(field)
    return model._default_manager.create(**values)


def _value_for(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        assert not isinstance(related, str)
        return row_of(related)
    if field.choices and not field.blank:
        return next(value for value, _ in field.flatchoices)
    usual = (value for kind, value in _USUAL if isinstance(field, kind))
    return "" if field.blank else next(usual, 1)


_USUAL: list[tuple[type[models.Field[Any, Any]], Any]] = [
    (models.DateTimeField, now()), (models.DateField, now().date()), (models.JSONField, {}), (models.CharField, "something"),
    (models.TextField, "something"),
]  # fmt: skip
