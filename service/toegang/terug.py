"""Where somebody goes after signing in: a page of this service, whatever an address says."""

from typing import Final

_MOST: Final = 500
_NOT_AGAIN: Final = ("/aanmelden", "/afmelden", "/afgemeld")


def own_path(text: str) -> str:
    """``text`` when it is a path of this service, else the start."""
    plain = text.isascii() and text.isprintable() and "\\" not in text and " " not in text
    if not plain or not text.startswith("/") or text.startswith("//") or len(text) > _MOST:
        return "/"
    return "/" if text.startswith(_NOT_AGAIN) else text
