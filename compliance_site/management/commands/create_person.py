"""`manage.py create_person`: the first administrator, and everybody else until a page does it."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.services import create_person
from core.actor import system_actor
from core.exceptions import ProbityError


class Command(BaseCommand):
    help = (
        "Creates a person who can sign in. The password is asked for, or read as one line where there is no terminal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role if role is not Role.SERVICE_ACCOUNT])
        parser.add_argument("--name", default="", help="the full name that others see")

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            create_person(
                username=options["username"], full_name=options["name"] or options["username"],
                role=Role(options["role"]), password=password, by=system_actor("command line"),
            )  # fmt: skip
        except ProbityError as error:
            raise CommandError(" ".join([error.message, *(fault.message for fault in error.faults)])) from error
        self.stdout.write(f"{options['username']} can sign in as {options['role']}.")
