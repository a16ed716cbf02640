"""The link's token: the request's id and its nonce, signed. It says nothing about anybody."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.core.signing import BadSignature, Signer

from cases.rfi.exceptions import LinkNotValid
from cases.rfi.models import RfiRequest

_ID_BYTES = 16


def _signer() -> Signer:
    return Signer(sep=".", salt="probity.rfi")


def token_of(request: RfiRequest) -> str:
    """The token that opens this request until it expires, is answered or withdrawn."""
    raw = request.pk.bytes + request.nonce.encode()
    return _signer().sign(urlsafe_b64encode(raw).decode().rstrip("="))


def read_token(token: str) -> tuple[UUID, str]:
    """(request id, nonce) of a token; raises LinkNotValid where it is not one of ours."""
    try:
        text = _signer().unsign(token)
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return UUID(bytes=raw[:_ID_BYTES]), raw[_ID_BYTES:].decode()
    except (BadSignature, ValueError) as error:
        raise LinkNotValid("This link is not valid.") from error
