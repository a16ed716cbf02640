"""REST endpoints of the monitoring app."""
