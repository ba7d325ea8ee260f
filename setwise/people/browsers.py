"""What a browser calls itself, in words its owner would use."""

from __future__ import annotations

# each in its order: Edge says it is Chrome, Chrome says it is Safari, an iPhone says it is a Mac
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """Such as *Firefox on Windows*; *An unknown browser* where nothing in it is familiar."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if not system:
        return browser or "An unknown browser"
    return f"{browser or 'A browser'} on {system}"
