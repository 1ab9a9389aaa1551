"""What can be wrong with a portfolio as a whole; a single row that is wrong is rejected, see ``keuren``."""

import errno
from typing import Final

_REDENEN: Final = {
    errno.ENOENT: "het bestaat niet",
    errno.EACCES: "u mag er niet bij",
    errno.EPERM: "u mag er niet bij",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "de map bestaat niet",
    errno.ENOSPC: "de schijf is vol",
    errno.EROFS: "de schijf kan niet worden beschreven",
}


def reden(error: OSError) -> str:
    """Why a file cannot be used, in Dutch; the operating system says it in its own language."""
    return _REDENEN.get(error.errno or 0, "het is beschadigd")


class PortefeuilleFout(Exception):
    """The run cannot start or go on. The text is Dutch, for the user, and holds no value of a cell."""


class Afgebroken(Exception):
    """Someone asked to stop, or the time is up; nothing half is left behind."""
