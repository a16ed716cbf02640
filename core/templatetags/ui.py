"""Template filters every page may use."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from core.clock import now
from core.language import code_in_words, country_in_words, in_words
from core.permissions import Permission
from core.spoofing import HIDDEN, doubts_about, name_of_hidden

register = template.Library()
register.filter("country", country_in_words)
register.filter("words", code_in_words)
_ONE_MINUTE, _MINUTE, _HOUR = 50, 60, 3600
_STATE_CLASSES = {
    "live": "bg-green-lt", "shadow": "bg-blue-lt",
    "active": "bg-green-lt", "added": "bg-green-lt", "staged": "bg-yellow-lt", "changed": "bg-yellow-lt", "removed": "bg-red-lt",
    "verified": "bg-green-lt", "passed": "bg-green-lt", "done": "bg-green-lt", "agrees": "bg-green-lt",
    "false_positive": "bg-green-lt", "explained": "bg-green-lt", "approved": "bg-green-lt", "sent": "bg-green-lt",
    "doubtful": "bg-yellow-lt", "open": "bg-yellow-lt", "waiting": "bg-yellow-lt", "inconclusive": "bg-yellow-lt",
    "draft": "bg-yellow-lt", "reviewed": "bg-blue-lt", "filed": "bg-blue-lt", "acknowledged": "bg-green-lt", "rejected": "bg-red-lt",
    "proposed": "bg-yellow-lt", "escalated": "bg-yellow-lt", "in_review": "bg-blue-lt", "new": "bg-blue-lt",
    "failing": "bg-red-lt", "disabled": "bg-red-lt", "delivered": "bg-green-lt", "unknown": "bg-yellow-lt",
    "refused": "bg-red-lt", "failed": "bg-red-lt", "dead": "bg-red-lt", "running": "bg-blue-lt",
    "conflicts": "bg-red-lt", "true_match": "bg-red-lt", "suspicious": "bg-red-lt", "returned": "bg-red-lt",
}  # fmt: skip
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*\w)")


@register.filter
def said(text: Any) -> Any:
    """A label, a sentence, an error of the code's, in the reader's language; never for what people typed."""
    return [in_words(one) for one in text] if isinstance(text, list | tuple) else in_words(text)


@register.filter
def amid(label: str) -> str:
    """A label in the middle of a sentence: English has no capitals there, German keeps those of its nouns."""
    return label.lower() if get_language() == settings.LANGUAGE_CODE else label


@register.filter
def may(user: Any, permission: Permission) -> bool:
    """True where the signed-in `user` holds `permission`: `{% if request.user|may:Permission.LIST_VIEW %}`."""
    return bool(user.is_authenticated and user.has_perm(permission))


@register.filter
def shown_name(value: str) -> SafeString:
    """The name with a mark in the place of every character that nobody sees or that turns the line round."""
    return mark_safe(HIDDEN.sub(_hidden_mark, conditional_escape(value)))  # noqa: S308 - escaped, then marks put in


def _hidden_mark(match: re.Match[str]) -> str:
    return format_html('<mark title="{}">◌</mark>', name_of_hidden(match[0]))


@register.filter
def name_doubts(value: str) -> list[str]:
    """Why a name may not be what it looks like."""
    return doubts_about(value)


@register.filter
def rating_class(level: str) -> str:
    """The badge of a risk level."""
    return {"low": "bg-green-lt", "medium": "bg-yellow-lt", "high": "bg-red-lt"}.get(level, "bg-secondary-lt")


@register.filter
def state_class(state: str) -> str:
    """The badge of a state: good, waiting, bad."""
    return _STATE_CLASSES.get(state, "bg-secondary-lt")


@register.filter
def due_class(due_at: datetime) -> str:
    """Red where a deadline has passed, amber in its last day."""
    left = due_at - now()
    return "bg-red-lt" if left < timedelta(0) else "bg-yellow-lt" if left < timedelta(days=1) else "bg-secondary-lt"


@register.filter
def box_width(field: Any) -> int:
    """The width of a value's box (`[left, top, right, bottom]`)."""
    return int(field.box[2] - field.box[0])


@register.filter
def box_height(field: Any) -> int:
    """The height of a value's box."""
    return int(field.box[3] - field.box[1])


@register.filter
def roughly(seconds: float) -> str:
    """A length of time no finer than it can be foretold: `about 40 seconds`, `about 3 minutes`, `about 2 hours`."""
    if seconds >= 1.5 * _HOUR:
        hours = round(seconds / _HOUR)
        return ngettext("about {hours} hour", "about {hours} hours", hours).format(hours=hours)
    if seconds >= 1.5 * _MINUTE:
        minutes = round(seconds / _MINUTE)
        return ngettext("about {minutes} minute", "about {minutes} minutes", minutes).format(minutes=minutes)
    if seconds >= _ONE_MINUTE:
        return gettext("about a minute")
    return gettext("about {seconds} seconds").format(seconds=max(5, 5 * round(seconds / 5)))


@register.filter(expects_localtime=True)
def to_the_second(at: datetime | None) -> str:
    """A time with its seconds, its day as the reader writes it."""
    return f"{date_format(at)} {at:%H:%M:%S}" if at else ""


@register.filter
def countries(codes: Iterable[str]) -> str:
    """The countries of some codes, divided by commas."""
    return ", ".join(country_in_words(code) for code in codes)


@register.filter
def control(field: Any) -> Any:
    """A form field's widget with the look of its kind, its choices and its placeholder in the reader's language."""
    if hasattr(field.field, "choices"):
        field.field.widget.choices = [_choice_in_words(*choice) for choice in field.field.choices]
    kind = getattr(field.field.widget, "input_type", "textarea")
    css = {"select": "form-select", "checkbox": "form-check-input", "hidden": ""}.get(kind, "form-control")
    if not css:
        return field
    hint = field.field.widget.attrs.get("placeholder")
    return field.as_widget(attrs={"class": css} | ({"placeholder": in_words(hint)} if hint else {}))


def _choice_in_words(value: Any, label: Any) -> tuple[Any, Any]:
    if isinstance(label, list | tuple):
        return in_words(value), [_choice_in_words(*choice) for choice in label]
    return value, in_words(label)


@register.filter
def mentions(text: str) -> SafeString:
    """A comment with every `@username` made to stand out; everything else is escaped."""
    escaped = str(conditional_escape(text))
    return mark_safe(_MENTION.sub(r'<span class="mention">@\1</span>', escaped))  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], url_name: str) -> str:
    """` aria-current="page"` on the navigation's link to the page that is shown."""
    match = getattr(context.get("request"), "resolver_match", None)
    return format_html(' aria-current="{}"', "page") if match and match.view_name == url_name else ""
