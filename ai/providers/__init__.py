"""Language-model providers: `LLM_PROVIDER` names the class; a further one is one file in this folder."""

from django.conf import settings
from django.utils.module_loading import import_string

from ai.exceptions import ModelNotConfigured
from ai.providers.base import Provider


def configured_provider() -> Provider:
    """The provider of this installation; raises ModelNotConfigured. Imports it only on use."""
    if not settings.LLM_MODEL:
        raise ModelNotConfigured("No language model is configured; PROBITY_LLM_MODEL names one.")
    provider: Provider = import_string(settings.LLM_PROVIDER)()
    return provider
