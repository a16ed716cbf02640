"""What moves through the demonstration's accounts: mostly nothing remarkable, and three customers who are."""

from datetime import timedelta

from django.conf import settings

from core.clock import now

_FAR = 8  # the one payment of the trader that went to a country called upon


def demo_transactions() -> list[dict[str, object]]:
    """Quiet months, then payments just below the threshold; a trader with far countries; a business of every day."""
    rows = [_row(number, 90 - 4 * number, 420 + 7 * number, "in" if number % 3 else "out") for number in range(20)]
    rows += [_row(100 + number, 4 - number, 9350 + 40 * number, "in") for number in range(3)]
    rows += [
        _row(200 + number, 40 - 4 * number, 1800 + 90 * number, "out", customer_external_id="DEMO-010",
             counterparty_name="Far Eastern Supplies", counterparty_country="KP" if number == _FAR else "KZ")
        for number in range(10)
    ]  # fmt: skip
    rows += [
        _row(300 + number, 6 - number, 9100 + 150 * number, "in", customer_external_id="DEMO-012",
             counterparty_name="Autohaus Beispiel", counterparty_country="ES")
        for number in range(6)
    ]  # fmt: skip
    rows += [
        _row(400 + number, 60 - 3 * number, 240 + 35 * (number % 5), "in" if number % 4 else "out",
             customer_external_id="DEMO-013", counterparty_name="Fish Market Cooperative", counterparty_country="NO")
        for number in range(20)
    ]  # fmt: skip
    return rows


def _row(number: int, days_ago: float, amount: int, direction: str, **more: object) -> dict[str, object]:
    return {
        "external_id": f"DEMO-T-{number:03d}", "customer_external_id": "DEMO-001", "account": "DE00DEMO0001",
        "direction": direction, "amount": amount, "currency": settings.BASE_CURRENCY, "type": "transfer",
        "channel": "online", "counterparty_name": "Sample Trading", "counterparty_country": "DE",
        "booked_at": (now() - timedelta(days=days_ago, hours=1)).isoformat(),
    } | more  # fmt: skip
