"""Reads of how people sign in: the policy, second factors, devices, locks."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from accounts.devices import device_in_words
from accounts.models import SignInPolicy, SignInTally, User
from core.clock import now


def sign_in_policy() -> SignInPolicy:
    """The policy in force; until somebody sets one, the defaults: nobody must have a second factor."""
    return SignInPolicy.objects.first() or SignInPolicy()


def second_factor_due(person: User, policy: SignInPolicy | None = None) -> datetime | None:
    """From when on the person may do nothing without a second factor; None where their role needs none."""
    policy = policy or sign_in_policy()
    since = parse_datetime(policy.second_factor.get(person.role, ""))
    return max(since, person.date_joined) + timedelta(days=policy.grace_days) if since else None


def has_second_factor(person: User) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone are none."""
    return bool(factors_of(person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def must_set_up_a_factor(person: User, policy: SignInPolicy | None = None) -> bool:
    """Whether the person may do nothing but set up a second factor."""
    due = second_factor_due(person, policy)
    return due is not None and due <= now() and not has_second_factor(person)


def factors_of(person: User) -> QuerySet[Authenticator]:
    """What the person can sign in with besides a password, recovery codes among them."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person).order_by("created_at")
    return found


def devices_of(person: User) -> list[Any]:
    """The person's open sessions, the one seen last first, each with its device `in_words`; ended ones are forgotten on the way."""
    sessions = UserSession.objects.purge_and_list(person)
    for session in sessions:
        session.in_words = device_in_words(session.user_agent)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


def locks() -> QuerySet[SignInTally]:
    """What is locked now, the newest first."""
    return SignInTally.objects.filter(locked_until__gt=now()).select_related("person").order_by("-locked_until")
