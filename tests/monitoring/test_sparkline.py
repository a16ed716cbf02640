"""The chart's points."""

from decimal import Decimal

from monitoring.sparkline import HEIGHT, sparklines


def test_sparklines_share_one_scale_and_the_highest_is_at_the_top():
    lines = sparklines([Decimal(0), Decimal(10)], [Decimal(5), Decimal(0)])
    assert lines.upper == f"2.0,{HEIGHT - 2}.0 238.0,2.0"
    assert lines.lower.startswith(f"2.0,{HEIGHT / 2:.1f}")


def test_sparklines_of_nothing_are_flat():
    assert sparklines([Decimal(0)] * 2, [Decimal(0)] * 2).upper == f"2.0,{HEIGHT - 2}.0 238.0,{HEIGHT - 2}.0"
