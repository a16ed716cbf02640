"""What a crash leaves in the content store goes; what a document shows, or may show soon, stays."""

import os
from datetime import timedelta

import pytest

from documents import store
from documents.services import sweep_left_files
from tests.factories.customers import make_customer
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db
_LONG_AGO = 1_000_000_000.0


def aged(content: bytes) -> str:
    digest = store.put(content)
    os.utime(store.path_of(digest), (_LONG_AGO, _LONG_AGO))
    return digest


def test_an_old_file_without_a_row_goes_and_a_fresh_one_stays() -> None:
    old, fresh = aged(b"of a submission that was rolled back"), store.put(b"of one that is under way")
    assert sweep_left_files() == (0, 1)
    assert not store.path_of(old).exists()
    assert store.path_of(fresh).exists()


def test_a_file_that_a_document_shows_stays_however_old() -> None:
    document = make_document(make_customer())
    os.utime(store.path_of(document.sha256), (_LONG_AGO, _LONG_AGO))
    sweep_left_files()
    assert store.get(document.sha256)


def test_a_half_written_file_goes_once_its_process_is_surely_gone() -> None:
    half = store.path_of(store.put(b"whole")).with_suffix(".0a0b0c0d.part")
    half.write_bytes(b"half")
    assert sweep_left_files() == (0, 0)
    assert sweep_left_files(untouched=timedelta(0))[0] == 1
    assert not half.exists()


def test_what_is_stored_again_between_the_look_and_the_removal_is_kept() -> None:
    digest = aged(b"sent again")
    store.put(b"sent again")
    assert not store.remove_untouched(digest, _LONG_AGO + 1)
    assert store.get(digest) == b"sent again"
    assert [path.name for path in store.path_of(digest).parent.iterdir()] == [digest]
