"""Codes that people type: an app's taken once, recovery codes kept as hashes, those of before as well."""

import importlib
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.apps import apps
from django.core.cache import cache

from accounts.models import User
from accounts.sign_in.codes import HashedCodes, OnceCodes
from accounts.sign_in.keys import PLACE
from core.vault import seal_text
from tests.factories.accounts import make_person
from tests.factories.codes import app_code

pytestmark = pytest.mark.django_db
FORMER = "a" * 80


def _again(instance: Authenticator) -> Any:
    return Authenticator.objects.get(pk=instance.pk).wrap()


def test_allauth_takes_our_codes() -> None:
    secret = generate_totp_secret()
    assert type(totp.TOTP.activate(make_person(), secret)) is OnceCodes
    assert type(_again(HashedCodes.activate(make_person()).instance)) is HashedCodes


def test_an_app_s_code_is_taken_once_whatever_the_cache_knows_and_none_from_before() -> None:
    secret = generate_totp_secret()
    app = OnceCodes.activate(make_person(), secret)
    former = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - 1))
    code = app_code(secret)
    assert _again(app.instance).validate_code(code)
    cache.clear()
    assert not _again(app.instance).validate_code(code)
    assert not _again(app.instance).validate_code(former)


def test_recovery_codes_are_kept_as_hashes_and_shown_to_one_look() -> None:
    made = HashedCodes.activate(make_person())
    made.mark_as_viewed()
    codes = made.get_unused_codes()
    kept = str(Authenticator.objects.get().data)
    assert len({code for code in codes if re.fullmatch(r"(?:[0-9a-z]{4}-){5}[0-9a-z]{4}", code)}) == 10
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    second = _again(made.instance)
    second.mark_as_viewed()
    assert second.get_unused_codes() == [""] * 10
    assert second.validate_code(codes[0].upper().replace("-", " "))
    assert not second.validate_code(codes[0])
    assert len(_again(made.instance).get_unused_codes()) == 9


def _former_set(person: User, **data: Any) -> Authenticator:
    kept = {"seed": seal_text(FORMER, PLACE), "used_mask": 1} | data
    return Authenticator.objects.create(user=person, type="recovery_codes", data=kept)


def test_codes_of_before_stay_good_once_and_no_seed_stays() -> None:
    instance = _former_set(make_person(), viewed_at=1.0)
    codes = super(HashedCodes, HashedCodes(instance)).generate_codes()
    migration = importlib.import_module("accounts.migrations.0006_hash_recovery_codes")
    migration.hash_codes(apps, None)
    instance.refresh_from_db()
    assert "seed" not in instance.data
    assert not any(code in str(instance.data) for code in codes)
    kept = _again(instance)
    assert not kept.validate_code(codes[0])  # used before
    assert kept.validate_code(codes[1])
    assert not kept.validate_code(codes[1])
    assert len(_again(instance).get_unused_codes()) == 8
