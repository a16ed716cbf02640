"""Moves every stored file to the current key, so that an old key can be taken out of the configuration."""

from typing import Any

from django.core.management.base import BaseCommand

from documents import store


class Command(BaseCommand):
    help = (
        "Wraps the key of every stored file with the first key of PROBITY_DOCUMENT_KEYS. Can be stopped and repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = [store.renew(digest) for digest in store.digests()]
        print(f"{sum(outcomes)} of {len(outcomes)} files moved to the current key")
