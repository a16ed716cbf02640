"""Devices in words."""

import pytest

from accounts.devices import device_in_words

_MOZILLA, _WEBKIT = "Mozilla/5.0", "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(("said_of_itself", "words"), [
    (f"{_MOZILLA} (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows"),
    (f"{_MOZILLA} (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
    (f"{_MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT} Version/18.1 Safari/605.1.15", "Safari on macOS"),
    (f"{_MOZILLA} (X11; Linux x86_64) {_WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36", "Chrome on Linux"),
    (f"{_MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_WEBKIT} CriOS/142.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
    (f"{_MOZILLA} (Linux; Android 10; K) {_WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
    ("curl/8.5.0", "Unknown device"), ("", "Unknown device"), ("<b>Windows", "Windows"),
])  # fmt: skip
def test_device_is_named_by_browser_and_system(said_of_itself: str, words: str) -> None:
    assert device_in_words(said_of_itself) == words
