"""Masking in templates: `{% sees customer.pk as in_clear %}`, then `{{ value|private:in_clear }}`."""

from typing import Any
from uuid import UUID

from django import template

from core import masking

register = template.Library()


@register.simple_tag(takes_context=True)
def sees(context: dict[str, Any], customer_id: UUID) -> bool:
    """Whether the person who looks sees this customer's identifying values."""
    return masking.sees(context["request"], customer_id)


@register.filter
def private(value: object, in_clear: bool) -> object:
    """The value, or what may be seen of it."""
    return value if in_clear else masking.masked(value)
