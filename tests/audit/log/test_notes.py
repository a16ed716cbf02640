"""Signed notes and checkpoints: the specification's own example, what is signed opens, what is changed does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.log.checkpoints import Checkpoint, parse_checkpoint
from audit.log.notes import NoteRefused, Signer, open_note, parse_verifier, sign_note

OLD, NEW = Signer("probity.test/audit", bytes(range(32))), Signer("probity.test/audit", bytes(range(1, 33)))
TEXT = Checkpoint("probity.test/audit", 7, bytes(32)).as_text()
# Published with c2sp.org/signed-note: another implementation's key and signature.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_note_of_the_specification_opens() -> None:
    assert open_note(EXAMPLE_NOTE, [parse_verifier(EXAMPLE_KEY)]) == "This is an example message.\n"


def test_a_verifier_key_survives_its_text() -> None:
    assert parse_verifier(OLD.verifier.as_text()) == OLD.verifier


def test_a_note_of_two_signers_opens_for_whoever_knows_either_key() -> None:
    note = sign_note(TEXT, [OLD, NEW])
    assert open_note(note, [OLD.verifier]) == open_note(note, [NEW.verifier]) == TEXT


@given(st.integers(0, len(sign_note(TEXT, [OLD])) - 1))
def test_a_note_with_one_changed_character_does_not_open_as_another_text(place: int) -> None:
    note = sign_note(TEXT, [OLD])
    changed = note[:place] + ("0" if note[place] != "0" else "1") + note[place + 1 :]
    try:
        assert (
            open_note(changed, [OLD.verifier]) == TEXT
        )  # base64 has spare bits; the text must still be the signed one
    except NoteRefused:
        return


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    with pytest.raises(NoteRefused, match="no known key"):
        open_note(sign_note(TEXT, [NEW]), [OLD.verifier])


@pytest.mark.parametrize("note", ["", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n\u2014 name !!!\n"])
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteRefused):
        open_note(note, [OLD.verifier])


def test_a_text_with_an_empty_line_is_not_signed() -> None:
    with pytest.raises(ValueError, match="empty line"):
        sign_note("a\n\nb\n", [OLD])


def test_a_checkpoint_survives_its_text() -> None:
    checkpoint = Checkpoint("probity.test/audit", 20852163, bytes(range(32)))
    assert parse_checkpoint(checkpoint.as_text()) == checkpoint


@pytest.mark.parametrize(
    "text", ["", "origin\n", "origin\n07\nAAAA\n", "origin\n-1\nAAAA\n", "origin\n7\nAAAA\n", "origin\n7\n!\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        parse_checkpoint(text)


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "name+00+!"])
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        parse_verifier(text)
