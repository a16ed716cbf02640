"""Customers, parties and ratings in the Django admin: to look at only."""

from django.contrib import admin

from core.admin_base import ReadOnlyAdmin
from customers.models import Customer, RatingPolicy, RiskRating


@admin.register(Customer)
class CustomerAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "status", "product", "channel", "created_at"]
    list_filter = ["status"]


@admin.register(RiskRating)
class RiskRatingAdmin(ReadOnlyAdmin):
    list_display = ["customer", "level", "due_diligence", "score", "created_at"]
    list_filter = ["level", "due_diligence"]


@admin.register(RatingPolicy)
class RatingPolicyAdmin(ReadOnlyAdmin):
    list_display = ["number", "published_by", "created_at"]
