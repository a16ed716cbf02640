"""`manage.py demo`: seeds the demonstration and prints its logins."""

from typing import Any

from django.core.management.base import BaseCommand

from compliance_site.demo import demo_logins, seed_demo


class Command(BaseCommand):
    help = "Seeds the demonstration, once."

    def handle(self, *args: Any, **options: Any) -> None:
        print("seeded" if seed_demo() else "seeded before")
        for login in demo_logins():
            print(f"  {login.role:<16} {login.username:<18} {login.password}")
