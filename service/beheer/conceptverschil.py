"""What differs between a draft and the revision it stands on, or why that cannot be said: one of both does not load."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from regels.laden import hash_of, manifest
from service.beheer.regelverschil import Regelwijziging, file_differences, wijzigingen

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Conceptverschil:
    """``bestanden`` came, went or changed, a line each; ``fouten`` keep the draft from loading.

    ``oud`` and ``nieuw`` are both rule sets, where they load.
    """

    bestanden: tuple[str, ...]
    wijzigingen: tuple[Regelwijziging, ...] = ()
    fouten: tuple[str, ...] = ()
    oud: Regelset | None = None
    nieuw: Regelset | None = None


class _Bestanden:
    """Files that are known by their hash."""

    def __init__(self, files: Mapping[str, bytes], formaat: int) -> None:
        self.files, self.formaat = MappingProxyType(dict(files)), formaat
        self.hash = hash_of(manifest(files))

    def __hash__(self) -> int:
        return hash((self.hash, self.formaat))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bestanden) and (self.hash, self.formaat) == (other.hash, other.formaat)


def conceptverschil(
    naam: str, bestanden: Mapping[str, bytes], basis: Mapping[str, bytes], formaat: int, basisformaat: int
) -> Conceptverschil:
    """The difference of ``bestanden``, all files of the draft ``naam``, with ``basis``; the last few are kept."""
    return _compared(naam, _Bestanden(bestanden, formaat), _Bestanden(basis, basisformaat))


@lru_cache(maxsize=_KEPT)
def _compared(naam: str, new: _Bestanden, old: _Bestanden) -> Conceptverschil:
    files = tuple(file_differences(old.files, new.files))
    try:
        after = bewaard(new.files, f"concept {naam}", new.formaat)
    except RegelsetError as error:
        return Conceptverschil(files, fouten=tuple(error.faults))
    except FormaatFout as error:
        return Conceptverschil(files, fouten=(str(error),))
    try:
        before = bewaard(old.files, "basis", old.formaat)
    except (RegelsetError, FormaatFout):
        return Conceptverschil(files, fouten=("De revisie waarop dit concept staat, is niet meer te laden.",))
    return Conceptverschil(files, wijzigingen(before, after), (), before, after)
