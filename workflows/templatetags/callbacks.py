"""The address that another system calls back at, for whoever operates runs."""

from django import template
from django.template import RequestContext
from django.urls import reverse

from workflows.callbacks import token_for
from workflows.models import StepRun

register = template.Library()


@register.simple_tag(takes_context=True)
def callback_address(context: RequestContext, step: StepRun) -> str:
    """The whole signed address of a step that waits for another system."""
    address: str = context["request"].build_absolute_uri(reverse("api-callback", args=[token_for(step.pk)]))
    return address
