"""A character as a line reader saw it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Glyph:
    """`char` with its probability 0-1, what else it could be, and where along the line it stands (0-1)."""

    char: str
    sure: float
    others: tuple[tuple[str, float], ...] = ()
    place: float = 0.0

    def of(self, allowed: frozenset[str]) -> tuple[str, float]:
        """The likeliest character among `allowed` with its probability; its own where it could be none of them."""
        if self.char in allowed:
            return self.char, self.sure
        return next(((char, sure) for char, sure in self.others if char in allowed), (self.char, self.sure))


def text_of(glyphs: tuple[Glyph, ...]) -> str:
    """The characters together."""
    return "".join(glyph.char for glyph in glyphs)
