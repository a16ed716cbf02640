"""What an authenticator app shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

_PERIOD, _ENOUGH = 30, 2


def app_code(secret: str) -> str:
    """The code of now; of the next half minute where this one is about to end: a code lives for no longer."""
    left = _PERIOD - time.time() % _PERIOD
    if left < _ENOUGH:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // _PERIOD)))
