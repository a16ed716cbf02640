"""Scenarios that come with the product: one YAML file each, checked when read."""
