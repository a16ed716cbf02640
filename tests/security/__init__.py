"""Attacks on purpose, generated from the URL map and the OpenAPI document."""
