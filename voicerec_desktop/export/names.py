"""Names of files that every system takes."""

import re
import unicodedata

MAX_BYTES = 120  # with a folder and a suffix it stays below the 255 of Linux and 260 of Windows
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)


def safe_name(title: str, fallback: str = "transcript") -> str:
    """A title as the name of a file (without its suffix) on Windows and Linux."""
    text = unicodedata.normalize("NFC", title)
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(_FORBIDDEN.sub("_", text).split())
    text = text.encode()[:MAX_BYTES].decode(errors="ignore").strip(" .")
    if not text.strip("_"):
        return fallback
    return f"_{text}" if _DEVICE.match(text) else text
