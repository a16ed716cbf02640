"""Actions of the engine itself; importing this registers them."""

from workflows.steps import calling, running

__all__ = ["calling", "running"]
