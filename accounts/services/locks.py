"""Stopping those who guess passwords, without letting them lock everybody out.

Three counts: a person from one address, a person from anywhere, an address with anybody. The wide ones never stop a
person at an address where they have signed in before, so neither a crowd of guessers nor a guesser behind the
office's own address keeps people from work. The counts are rows: they hold over restarts and in every process.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts import actions
from accounts.auth.api_keys import digest_of
from accounts.exceptions import SignInLocked
from accounts.models import SignInTally, User
from accounts.selectors import sign_in_policy
from accounts.services.streams import auth_stream
from accounts.signals import sign_in_locked
from audit.services import record
from core.actor import Actor, ActorKind
from core.clock import now
from core.exceptions import NotFound

WIDE = 10  # a person from anywhere, or an address with anybody, may fail so many times as often as one from one address
_WINDOW = timedelta(hours=1)
_KNOWN_FOR = timedelta(days=90)
_FORGOTTEN_AFTER = timedelta(days=1)


def refuse_if_locked(*, login: str, address: str) -> None:
    """Raises SignInLocked where no password is tried now: alike for names that exist and for names that do not."""
    _, subject = _named(login)
    tallies = SignInTally.objects.filter(_counts(subject, address))
    pair = next((tally for tally in tallies if tally.subject and tally.address), None)
    is_known = bool(pair and pair.succeeded_at and pair.succeeded_at > now() - _KNOWN_FOR)
    checked = [pair] if is_known else tallies
    if any(tally and tally.locked_until and tally.locked_until > now() for tally in checked):
        raise SignInLocked("Too many attempts. Wait a while, or ask an administrator.")


@transaction.atomic
def count_failure(*, login: str, address: str) -> None:
    """Counts a failed attempt. Side effects: three counts, audit entries, `sign_in_locked` where a limit is reached."""
    person, subject = _named(login)
    by = Actor(ActorKind.SYSTEM, "sign-in", "Somebody")
    named = str(person.pk) if person else "unknown"
    record(actions.SIGN_IN_FAILED, by=by, object_type="person", object_id=named, stream=auth_stream(named))
    limit = sign_in_policy().lock_after
    SignInTally.objects.filter(person=None, counted_from__lt=now() - _FORGOTTEN_AFTER).delete()
    for owner, key, place, most in (
        (person, subject, address, limit), (person, subject, "", limit * WIDE), (None, "", address, limit * WIDE),
    ):  # fmt: skip
        _count(owner, key, place, most)


@transaction.atomic
def count_success(*, person: User, address: str) -> None:
    """Remembers that the person signs in from here, and forgets their failures from here."""
    values = {"person": person, "failures": 0, "locked_until": None, "succeeded_at": now()}
    SignInTally.objects.update_or_create(subject=str(person.pk), address=address, defaults=values)


@transaction.atomic
def release_lock(*, tally_id: int, reason: str, by: Actor) -> None:
    """Lets attempts go on at once. Side effects: the count, an audit entry. Raises NotFound."""
    tally = SignInTally.objects.filter(pk=tally_id, locked_until__gt=now()).first()
    if tally is None:
        raise NotFound("There is no such lock.")
    tally.failures, tally.locked_until = 0, None
    tally.save(update_fields=["failures", "locked_until"])
    record(actions.LOCK_RELEASED, by=by, object_type="person", object_id=tally.person_id or "unknown", reason=reason)


def _count(person: User | None, subject: str, address: str, limit: int) -> None:
    tally, _ = SignInTally.objects.get_or_create(subject=subject, address=address, defaults={"person": person})
    if tally.counted_from < now() - _WINDOW:
        SignInTally.objects.filter(pk=tally.pk).update(failures=0, counted_from=now())
    SignInTally.objects.filter(pk=tally.pk).update(failures=F("failures") + 1)
    tally.refresh_from_db()
    if tally.failures < limit or (tally.locked_until and tally.locked_until > now()):
        return
    until = now() + timedelta(minutes=sign_in_policy().lock_minutes)
    SignInTally.objects.filter(pk=tally.pk).update(locked_until=until)
    what = "a person from one address" if subject and address else "a person" if subject else "an address"
    record(
        actions.SIGN_IN_LOCKED, by=Actor(ActorKind.SYSTEM, "sign-in", "Probity"), object_type="person",
        object_id=person.pk if person else "unknown", after={"failures": tally.failures, "what": what},
        stream=auth_stream(subject),
    )  # fmt: skip
    sign_in_locked.send(sender=SignInTally, tally_id=tally.pk)


def _counts(subject: str, address: str) -> Q:
    return Q(subject=subject, address__in=[address, ""]) | Q(subject="", address=address)


def _named(login: str) -> tuple[User | None, str]:
    """(the person that the typed name means, the key of their counts)."""
    typed = login.strip()
    person = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first() if typed else None
    return (person, str(person.pk)) if person else (None, digest_of(typed.casefold()))
