"""One's own homes as households to compare: read and judged as any portfolio, and kept nowhere."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from regels.regelset import Regelset
from service.basis.apart import Leesgrenzen
from service.effect.effect import Huishoudens
from service.portefeuille.doelen import VERWIJZING
from service.portefeuille.draaien import Opdracht, draai, open_tables
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import check, complete, propose, read_koppeling

_GEEN: Final = (
    "Geen enkele rij van dit bestand is te gebruiken. Bekijk het bestand eerst op de pagina Portefeuille: daar staat "
    "per rij waarom."
)


def widest(sets: Sequence[Regelset]) -> Regelset:
    """The set with the most fields, which reads most of a table."""
    return max(sets, key=lambda regels: len(regels.velden))


def own_homes(
    regels: Regelset,
    woningen: Path,
    personen: Path | None,
    koppeling: Path | None,
    peildatum: date,
    huurronde: int,
    folder: Path,
    grenzen: Leesgrenzen,
) -> tuple[Huishoudens, int]:
    """The accepted rows of these files, and how many rows were not; ``folder`` is private and gone afterwards.

    Raises :class:`PortefeuilleFout` when the files cannot be used, or a column must be chosen first.
    """
    tables = open_tables(woningen, personen, folder, grenzen)
    chosen = propose(regels, *tables, {})
    if koppeling is not None:
        chosen = complete(read_koppeling(koppeling, regels), *tables)
    check(chosen, *tables)
    parts: list[pl.DataFrame] = []
    # judged as always, and nothing else: what is asked of a run that computes is left out
    opdracht = Opdracht(
        woningen, chosen, peildatum, huurronde, folder / "samenvatting.xlsx", folder / "afgewezen.csv", personen,
        besluiten=(next(iter(regels.besluiten)),), proef=True, grenzen=grenzen,
    )  # fmt: skip
    verslag = draai(opdracht, folder, lambda *_: None, tables, parts.append)
    if not verslag.aangenomen:
        raise PortefeuilleFout(_GEEN)
    frame = pl.concat(parts, how="diagonal").drop(VERWIJZING)
    return Huishoudens(frame, "eigen bestand"), verslag.afgewezen
