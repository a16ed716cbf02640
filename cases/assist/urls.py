"""Addresses of assistance; a part of those of cases."""

from django.urls import URLPattern, path

from cases.assist import views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/summary/", views.assist_card, name="assist_card"),
    path("<uuid:pk>/summary/keep/", views.assist_keep, name="assist_keep"),
    path("<uuid:pk>/summary/write/", views.assist_write, name="assist_write"),
    path("drafts/<uuid:pk>/", views.draft_detail, name="draft_detail"),
]
