"""Channels: one file each, found by name."""

from notifications.channels.base import Channel
from notifications.channels.email import EmailChannel
from notifications.channels.live import LiveChannel

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (LiveChannel(), EmailChannel())}
