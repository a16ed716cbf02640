"""Words of the house, which whoever guesses a password tries first."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError


class HouseWordsValidator:
    """Refuses a password that holds one of these words: the organisation's name, its products, its street."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = [word.casefold() for word in words if word]

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError, without saying which word it was."""
        if any(word in password.casefold() for word in self.words):
            raise ValidationError("This password holds a word of this organisation. Choose another.", "house_word")

    def get_help_text(self) -> str:
        return "It must not hold a word of this organisation."
