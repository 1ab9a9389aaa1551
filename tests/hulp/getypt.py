"""A question as a caseworker would type it into the form."""

from typing import Any


def getypt(question: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Names with dots, amounts with a comma, dates day first."""
    found: dict[str, str] = {}
    for key, value in question.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found |= getypt(value, f"{name}.")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                found |= getypt(item, f"{name}.{index}.")
        elif value is not None:
            found[name] = _typed(value, name)
    return found


def _typed(value: object, name: str) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str):
        parts = value.split("-")
        return "-".join(reversed(parts)) if len(parts) == 3 and parts[0].isdecimal() else value
    whole = name.endswith(("huurronde", "leeftijd"))
    text = str(value) if whole else f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.removesuffix(",00")
