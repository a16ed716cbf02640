"""Channels: one file each, found here by themselves."""

import pkgutil
from importlib import import_module

from notifications.channels.base import Channel


def _found() -> dict[str, Channel]:
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    channels = [module.CHANNEL for module in modules if hasattr(module, "CHANNEL")]
    return {channel.name: channel for channel in channels}


CHANNELS: dict[str, Channel] = _found()


def shared_channels() -> list[Channel]:
    """The channels that administrators set up destinations of."""
    return [channel for channel in CHANNELS.values() if channel.is_shared]
