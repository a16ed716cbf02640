"""Calls to language models in the Django admin: to look at."""

from django.contrib import admin

from ai.models import AiCall
from core.admin_base import ReadOnlyAdmin


@admin.register(AiCall)
class AiCallAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "purpose", "model", "state", "tokens_in", "tokens_out", "milliseconds")
    list_filter = ("state", "purpose")
    exclude = ("answer", "sealed")
