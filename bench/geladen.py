"""The rules that are measured, loaded once for a process."""

from functools import cache

from regels import Regelset, pakket


@cache
def regels() -> Regelset:
    """The rule set of the product."""
    return pakket()
