"""Passwords known from breaches."""

from hashlib import sha1
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.auth.breached import BreachedPasswordValidator
from accounts.auth.house_words import HouseWordsValidator


@pytest.fixture
def known(tmp_path: Path) -> BreachedPasswordValidator:
    lines = sorted(f"{sha1(f'password {number}'.encode()).hexdigest().upper()}:{number}" for number in range(500))
    file = tmp_path / "pwned.txt"
    file.write_text("\n".join(lines) + "\n")
    return BreachedPasswordValidator(str(file))


def test_every_password_in_the_file_is_refused(known: BreachedPasswordValidator) -> None:
    for number in range(500):
        with pytest.raises(ValidationError):
            known.validate(f"password {number}")


def test_a_password_that_is_not_in_it_is_taken(known: BreachedPasswordValidator) -> None:
    for number in range(500, 600):
        known.validate(f"password {number}")


def test_a_password_with_a_word_of_the_house_is_refused() -> None:
    validator = HouseWordsValidator(["Musterbank", ""])
    with pytest.raises(ValidationError):
        validator.validate("my-MUSTERBANK-secret")
    validator.validate("correct horse battery staple")
