"""The demonstration: people, a fictional list, submissions and transactions, all through the services."""

from compliance_site.demo.seed import DemoLogin, demo_logins, seed_demo

__all__ = ["DemoLogin", "demo_logins", "seed_demo"]
