"""Typed access to the process environment, and secrets that are made on first use when nothing is set."""

import json
import os
import secrets
from pathlib import Path

from django.utils.module_loading import import_string

KEY_SOURCE = "PROBITY_KEY_SOURCE"


def text(name: str, default: str = "") -> str:
    """The variable `name`, or `default` where it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on in any case; `default` where the variable is unset."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """The variable as an integer, or `default` where it is unset."""
    return int(text(name, str(default)))


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def numbered(name: str) -> dict[int, str]:
    """A variable of the form `2:value,3:value` as values by their number; empty where it is unset."""
    return {int(number): value for number, _, value in (item.partition(":") for item in words(name))}


def pairs(name: str) -> dict[str, str]:
    """A variable of the form `name=value,name=value` as values by name; empty where it is unset."""
    return {key.strip(): value.strip() for key, _, value in (item.partition("=") for item in words(name))}


def json_object(name: str) -> dict[str, object]:
    """The variable as a JSON object; empty where it is unset. Raises ValueError for anything else."""
    value = json.loads(text(name, "{}"))
    if not isinstance(value, dict):
        raise ValueError(f"{name} is a JSON object")
    return value


def secret(name: str, folder: Path) -> str:
    """The secret `name` from the environment, else from `folder`, where it is made (mode 0600) on first use.

    A file keeps the embedded start free of configuration and still stable over restarts. Production sets the variable.
    """
    value = os.environ.get(name)
    if value:
        return value
    path = folder / name.lower()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def key_ring(name: str, folder: Path) -> dict[str, str]:
    """Named keys, the one that is used for new things first.

    From `id:secret,id:secret`, where `id:@/path` reads the secret from a file; or from the function that PROBITY_KEY_SOURCE
    names (`package.module.function`), the hook for a key management service: it is given `name` and gives secrets by
    id, the current one first. Where neither is set, from `folder`: those made by `rotate_keys --new`, the newest first.
    """
    if source := text(KEY_SOURCE):
        return dict(import_string(source)(name))
    pairs = (word.partition(":") for word in words(name))
    given = {key_id.strip(): _read(value.strip()) for key_id, _, value in pairs}
    if not all(given.values()):
        raise ValueError(f"{name} is a list of id:secret, separated by commas")
    return given or _kept(name, folder)


def _read(value: str) -> str:
    return Path(value[1:]).read_text().strip() if value.startswith("@") else value


def _kept(name: str, folder: Path) -> dict[str, str]:
    """The keys in `folder`; the first one ever, `local`, is made where there is none and may be removed once others are."""
    made = sorted(folder.glob(f"{name.lower()}.*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    ring = {path.suffix[1:]: path.read_text().strip() for path in made}
    has_first = not ring or (folder / name.lower()).exists()
    return ring | ({"local": secret(name, folder)} if has_first else {})


def verified(url: str) -> str:
    """A `rediss://` address that has the server's certificate verified where it says nothing of it: Celery would not."""
    if not url.startswith("rediss://") or "ssl_cert_reqs=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}ssl_cert_reqs=required"
