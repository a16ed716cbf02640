"""The product's settings with pages beside it that are weak on purpose: whoever attacks must find them out."""

from compliance_site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.attack.weak_urls"
