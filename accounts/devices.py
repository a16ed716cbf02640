"""What a browser says of itself, in words that its owner knows: "Firefox on Windows".

Browsers all name the ones before them, so the order decides. Versions are left out: most freeze them.
"""

from core.words import said

_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_in_words(user_agent: str) -> str:
    """Browser and system; one of them where only that is known; "Unknown device" for anything else, such as a program."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return said("{browser} on {system}", browser=browser, system=system)
    return browser or system or said("Unknown device")
