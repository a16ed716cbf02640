"""Numbers in sentences."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 hit`, `3 hits`; `many` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted_are(number: int, one: str, many: str = "") -> str:
    """`1 hit is`, `3 hits are`."""
    return f"{counted(number, one, many)} {'is' if number == 1 else 'are'}"
