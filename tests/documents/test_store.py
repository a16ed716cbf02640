"""The content store: sealed at rest, proved when read, its keys changed without losing a file."""

import stat
from hashlib import sha256

import pytest

from core.envelope import PIECE, CannotOpen
from documents import store


def test_put_keeps_the_bytes_under_their_digest() -> None:
    digest = store.put(b"some bytes")
    assert digest == sha256(b"some bytes").hexdigest()
    assert store.get(digest) == b"some bytes"


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_content_of_any_size_comes_back(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    assert store.get(store.put(content)) == content


def test_put_twice_leaves_one_file() -> None:
    digest = store.put(b"some bytes")
    store.put(b"some bytes")
    assert [entry.name for entry in store.path_of(digest).parent.iterdir()] == [digest]


def test_stored_file_is_for_its_owner_alone_and_does_not_hold_its_content() -> None:
    path = store.path_of(store.put(b"some bytes"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"some bytes" not in path.read_bytes()


@pytest.mark.parametrize("place", [5, 40, 120, -1])
def test_file_with_a_changed_byte_is_not_given(place: int) -> None:
    digest = store.put(bytes(2 * PIECE))
    raw = bytearray(store.path_of(digest).read_bytes())
    raw[place] ^= 1
    store.path_of(digest).write_bytes(raw)
    with pytest.raises(CannotOpen):
        store.get(digest)


def test_file_cut_at_a_piece_is_not_given() -> None:
    digest = store.put(bytes(2 * PIECE))
    raw = store.path_of(digest).read_bytes()
    store.path_of(digest).write_bytes(raw[: -PIECE - 16])
    with pytest.raises(CannotOpen):
        store.get(digest)


def test_file_in_the_place_of_another_is_not_given() -> None:
    one, other = store.put(b"one"), store.put(b"other")
    store.path_of(one).write_bytes(store.path_of(other).read_bytes())
    with pytest.raises(CannotOpen):
        store.get(one)


def test_file_of_before_encryption_is_given_only_where_it_is_what_its_name_says() -> None:
    digest = store.put(b"some bytes")
    store.path_of(digest).write_bytes(b"some bytes")
    assert store.get(digest) == b"some bytes"
    store.path_of(digest).write_bytes(b"other bytes")
    with pytest.raises(CannotOpen):
        store.get(digest)


def test_key_can_be_changed_and_the_old_one_taken_away(settings: object) -> None:
    settings.DOCUMENT_KEYS = {"2025": "old secret"}  # type: ignore[attr-defined]
    old, plain = store.put(bytes(2 * PIECE)), store.put(b"plain")
    store.path_of(plain).write_bytes(b"plain")
    settings.DOCUMENT_KEYS = {"2026": "new secret", "2025": "old secret"}  # type: ignore[attr-defined]
    store.put(b"new")
    assert sum(store.renew_all()) == 2
    settings.DOCUMENT_KEYS = {"2026": "new secret"}  # type: ignore[attr-defined]
    assert store.get(old) == bytes(2 * PIECE)
    assert store.get(plain) == b"plain"


def test_file_under_a_key_that_is_not_configured_says_so(settings: object) -> None:
    digest = store.put(b"some bytes")
    settings.DOCUMENT_KEYS = {"2027": "another"}  # type: ignore[attr-defined]
    with pytest.raises(CannotOpen, match="local"):
        store.get(digest)
