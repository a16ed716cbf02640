"""People and API clients in the Django admin: to look at, not to change."""

from django.contrib import admin

from accounts.models import ApiClient, User
from core.admin_base import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("username", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    exclude = ("password",)


@admin.register(ApiClient)
class ApiClientAdmin(ReadOnlyAdmin):
    list_display = ("name", "is_active", "created_at")
