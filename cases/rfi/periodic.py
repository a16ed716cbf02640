"""Periodic work on requests for information."""

from cases.rfi.services import expire_requests, remind_customers
from workflows.engine.periodic import register_periodic

register_periodic("expire requests for information", 60, expire_requests)
register_periodic("remind customers of requests", 600, remind_customers)
