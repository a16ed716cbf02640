"""Puts the addresses and signing secrets of channels under the current key."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications.services import renew_keys


class Command(BaseCommand):
    help = "Wraps every channel's address and signing secrets with the first key of PROBITY_DOCUMENT_KEYS. Can be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{renew_keys()} renewed")
