"""The content store."""

import stat
from hashlib import sha256

from documents import store


def test_put_keeps_the_bytes_under_their_digest() -> None:
    digest = store.put(b"some bytes")
    assert digest == sha256(b"some bytes").hexdigest()
    assert store.get(digest) == b"some bytes"


def test_put_twice_leaves_one_file() -> None:
    digest = store.put(b"some bytes")
    store.put(b"some bytes")
    assert [entry.name for entry in store.path_of(digest).parent.iterdir()] == [digest]


def test_stored_file_is_for_its_owner_alone() -> None:
    mode = store.path_of(store.put(b"some bytes")).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
