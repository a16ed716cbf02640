"""Workflows under load and under faults, on a PostgreSQL, a Redis and Celery workers of their own."""
