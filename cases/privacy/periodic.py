"""Periodic work of data protection."""

from cases.privacy.services import find_ended_retention
from workflows.engine.periodic import register_periodic

register_periodic("find ended retention", 86_400, find_ended_retention)
