"""Addresses that another system calls back at: signed, for one step, good until the step says."""

from uuid import UUID

from django.core import signing

from core.exceptions import NotFound
from core.ids import parse_id

_SALT = "workflows.callback"


def token_for(step_id: UUID) -> str:
    """The token of a step's address: whoever holds it may let that one step go on, and nothing else."""
    return signing.Signer(salt=_SALT).sign(step_id.hex)


def step_of(token: str) -> UUID:
    """The step that a token was made for. Raises NotFound for any other text."""
    try:
        return parse_id(signing.Signer(salt=_SALT).unsign(token))
    except signing.BadSignature as error:
        raise NotFound("There is nothing to call back here.") from error
