"""The policy of signing in."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from accounts import actions
from accounts.models import SignInPolicy
from accounts.selectors import sign_in_policy
from audit.services import record
from core.actor import Actor
from core.clock import now


@transaction.atomic
def change_sign_in_policy(*, roles: Collection[str], by: Actor, **values: Any) -> SignInPolicy:
    """Sets the policy: who must have a second factor (`roles`), and the model's other fields by their names.

    A role that already had to keeps the day since when, so that its grace does not start again. Side effects: the row,
    an audit entry with all of it before and after.
    """
    policy = sign_in_policy()
    before = model_to_dict(policy)
    policy.second_factor = {role: policy.second_factor.get(role, now().isoformat()) for role in sorted(roles)}
    for name, value in values.items():
        setattr(policy, name, value)
    policy.save()
    record(actions.POLICY_CHANGED, by=by, object_type="sign_in_policy", object_id="1", before=before,
           after=model_to_dict(policy))  # fmt: skip
    return policy
