"""When somebody last showed who they are in this session."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from accounts.selectors import sign_in_policy

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SSO_FACTOR = "second_factor_by_sso"


def last_confirmed(request: HttpRequest) -> float:
    """Seconds since the epoch of the sign-in or of what confirmed it since."""
    user: Any = request.user
    records = get_authentication_records(request, user)
    return max([float(request.session.get(SIGNED_IN_AT, 0)), *(float(record["at"]) for record in records)])


def was_confirmed_recently(request: HttpRequest) -> bool:
    """Whether that is within the policy's minutes."""
    return time.time() - last_confirmed(request) < sign_in_policy().confirm_minutes * 60
