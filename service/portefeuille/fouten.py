"""What can be wrong with a portfolio as a whole; a single row that is wrong is rejected, see ``keuren``."""

import errno
import re
from typing import Final

_REDENEN: Final = {
    errno.ENOENT: "het bestaat niet",
    errno.EACCES: "u mag er niet bij",
    errno.EPERM: "u mag er niet bij",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "de map bestaat niet",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijf is vol",
    errno.EFBIG: "het is uitgepakt te groot",
    errno.EROFS: "de schijf kan niet worden beschreven",
}


def reden(error: OSError) -> str:
    """Why a file cannot be used, in Dutch; the operating system says it in its own language."""
    return _REDENEN.get(error.errno or 0, "het is beschadigd")


class PortefeuilleFout(Exception):
    """The run cannot start or go on. The text is Dutch, for the user, and holds no value of a cell."""


class TeKiezen(PortefeuilleFout):
    """Of some columns a person has to say what they are; ``kolommen`` are their names."""

    def __init__(self, text: str, kolommen: tuple[str, ...]) -> None:
        super().__init__(text)
        self.kolommen = kolommen


class Afgebroken(Exception):
    """Someone asked to stop, or the time is up; nothing half is left behind."""


VOL: Final = (
    "De schijf is vol: er is geen plaats voor het resultaat of voor tijdelijke bestanden. Maak ruimte vrij, of zet "
    "TMPDIR op een map met meer ruimte. Er is niets geschreven."
)
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
# libraries that are not Python put the error of the system in their text
_SAID: Final = re.compile(r"os error (\d+)|No space left on device|Disk quota exceeded")
_LARGE: Final = re.compile(rf"os error {errno.EFBIG}\b|File too large")


def disk_full(error: BaseException) -> str | None:
    """The sentence for an error that comes of a full disk, whichever library made it; None for any other error."""
    if isinstance(error, OSError) and error.errno is not None:
        return VOL if error.errno in _FULL else None
    found = _SAID.search(str(error))
    return VOL if found and (found[1] is None or int(found[1]) in _FULL) else None


def too_large(error: BaseException) -> bool:
    """Whether ``error`` comes of a limit on what may be written, whichever library made it."""
    return (isinstance(error, OSError) and error.errno == errno.EFBIG) or bool(_LARGE.search(str(error)))
