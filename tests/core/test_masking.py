"""What stays to be seen of a masked value."""

from datetime import date

import pytest

from core.masking import masked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        (None, ""),
        (date(1984, 6, 7), "1984-••-••"),
        ("1984-06-07", "1984-••-••"),
        ("jane@example.org", "j•••••@example.org"),
        ("C01X00T47", "•••••T47"),
        ("12345", "•••••"),
    ],
)
def test_masked_value_tells_little(value: object, shown: str) -> None:
    assert masked(value) == shown
