"""Where the record keeps sign-ins: sharded, so that they do not wait for one another."""

from accounts.auth.api_keys import digest_of

_SHARDS = 16


def auth_stream(key: object) -> str:
    """The stream of whatever `key` names: a person's id, mostly."""
    return f"auth:{int(digest_of(str(key))[:8], 16) % _SHARDS:02d}"
