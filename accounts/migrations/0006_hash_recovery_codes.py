"""Recovery codes that were derived from a sealed seed are kept as hashes: those unused stay good, 8 digits as they were shown.

Eight digits are too few for a plain hash: PBKDF2 under one salt a set, about two seconds a person. Back: a hash gives no
code again, so a set is empty and its owner makes new ones.
"""

import hmac
import secrets
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import migrations

from core.vault import open_text

_PLACE = "accounts.authenticator.secret"
_COUNT, _DIGITS, _ROUNDS = 10, 8, 600_000


def hash_codes(apps: Any, editor: Any) -> None:
    """Each set that has a seed."""
    hasher = PBKDF2PasswordHasher()
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes").iterator():
        if "seed" not in row.data:
            continue
        salt = secrets.token_hex(16)
        seen = row.data.get("viewed_at")
        unused = _unused(open_text(row.data["seed"], _PLACE), row.data.get("used_mask", 0)) if seen else []
        hashes = [hasher.encode(code, salt, _ROUNDS) for code in unused]
        row.data = {"hashes": hashes} | ({"viewed_at": seen} if seen else {})
        row.save(update_fields=["data"])


def _unused(seed: str, used: int) -> list[str]:
    """As django-allauth 65 derives them."""
    mac = hmac.new(seed.encode("ascii"), None, "sha1")
    codes = []
    for place in range(_COUNT):
        mac.update(f"{place:3},".encode())
        codes.append(str(int.from_bytes(mac.digest()[: _DIGITS // 2], "big") % 10**_DIGITS).zfill(_DIGITS))
    return [code for place, code in enumerate(codes) if not used & (1 << place)]


def forget_codes(apps: Any, editor: Any) -> None:
    """Sets that the former code can read: without a code in them."""
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes").iterator():
        row.data = {"migrated_codes": [], "viewed_at": row.data.get("viewed_at")}
        row.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_invitations"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(hash_codes, forget_codes)]
