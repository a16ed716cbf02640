"""The record in the Django admin: to look at."""

from django.contrib import admin

from audit.models import AuditEntry
from core.admin_base import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_name", "action", "object_type", "object_id", "stream", "stream_seq")
    list_filter = ("action",)
    exclude = ("body", "prev", "leaf", "mac")
