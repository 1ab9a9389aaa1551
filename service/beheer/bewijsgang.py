"""The proof on its way: part by part, with what was proven before, kept now and then so that little is lost."""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regels.regelset import Regelset

if TYPE_CHECKING:
    from regels.lezers.bewijs import Bevinding, Bewijsverslag
    from service.beheer.regelrapport import Bewijsuitkomst

NAAM: Final = "bewezen.json"
MOST_KEPT: Final = 5_000
_EVERY: Final = 15.0  # seconds
# walks along the parts of a proof, of which there are so many
Door = Callable[[Iterable["list[Bevinding]"], int], Iterable["list[Bevinding]"]]


def bewaarplaats() -> Path:
    """The file with what was proven before. It holds no household; throwing it away costs only time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huurtoets" / NAAM


def _straight(work: Iterable["list[Bevinding]"], _: int) -> Iterable["list[Bevinding]"]:
    return work


def prove(
    regels: Regelset,
    jaar: int | None = None,
    besluit: str | None = None,
    *,
    door: Door = _straight,
    bewaar: Path | None = None,
    mislukt: Callable[[OSError], None] = lambda _: None,
) -> "Bewijsverslag":
    """Prove the claims about ``regels``: all, or those of one year or one decision.

    What was proven before is read from :func:`bewaarplaats` and from ``bewaar``, and what is proven now is kept in
    ``bewaar``, without it in :func:`bewaarplaats`; ``mislukt`` hears where that cannot be written.
    """
    from regels.lezers.bewijs import Bewijsverslag, Bewijzer  # only this needs Z3, and it takes time to import

    kept = _read(bewaarplaats()) if bewaar is None or _home() else {}
    if bewaar is not None:
        kept |= _read(bewaar)
    prover = Bewijzer(regels, bewaard=kept) if jaar is None else Bewijzer(
        regels, date(jaar, 1, 1), date(jaar, 12, 31), bewaard=kept
    )  # fmt: skip
    found: list[Bevinding] = []
    last = time.monotonic()
    try:
        for part in door(prover.delen(besluit), prover.aantal(besluit)):
            found += part
            if time.monotonic() - last > _EVERY:
                last = time.monotonic()
                _write(bewaar or bewaarplaats(), kept, mislukt)
    finally:
        _write(bewaar or bewaarplaats(), kept, mislukt)
    return Bewijsverslag(tuple(found), volledig=jaar is None and besluit is None)


def told(verslag: "Bewijsverslag") -> "Bewijsuitkomst":
    """What a proof says, the same every time: how much was proven before is left out."""
    return verslag.klopt, [*_lines(verslag)]


def _lines(verslag: "Bewijsverslag") -> Iterator[str]:
    from regels.lezers.bewijs import BEWEZEN, ONBEWEZEN, WEERLEGD

    for one in verslag.met(ONBEWEZEN):
        yield f"Niet bewezen: {one.id} ({one.venster}): {one.zegt}"
    for name, rule in verslag.nooit:
        yield f"Regel '{rule}' van {name} geldt voor geen enkel huishouden."
    for one in verslag.met(WEERLEGD):
        yield f"Weerlegd: {one.id} ({one.venster}): {one.zegt}"
        yield from (f"  {line}" for line in (*one.huishouden, *one.mis))
    counts = Counter(finding.uitslag for finding in verslag.bevindingen)
    left = f"{counts[WEERLEGD]} weerlegd, {counts[ONBEWEZEN]} niet bewezen"
    yield f"{counts[BEWEZEN]} bewezen, {left}."


def _home() -> bool:
    """Whether whoever this process is has a home; in a container that need not be."""
    try:
        bewaarplaats()
    except RuntimeError:
        return False
    return True


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # there is none yet, or it is damaged: prove everything
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, kept: dict[str, str], failed: Callable[[OSError], None]) -> None:
    newest = dict(list(kept.items())[-MOST_KEPT:])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".nieuw").write_text(json.dumps(newest), encoding="utf-8")
        path.with_suffix(".nieuw").replace(path)
    except OSError as error:
        failed(error)
