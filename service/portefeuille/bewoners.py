"""The person table: kept as text in a private folder, and fetched for one batch of dwellings at a time."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from regels.vraag import MOST_PERSONS
from service.portefeuille.doelen import PERSONEN, VERWIJZING
from service.portefeuille.keuren import GEEN_REDENEN, Schrijfwijze, beside_each_other, read_rows, row_reasons
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.tabellen import Tabel
from service.portefeuille.tellen import Stap


@dataclass
class Bewonersstand:
    """How many rows of the person table went where; together they are all that was read."""

    gelezen: int = 0
    gebruikt: int = 0
    afgewezen: int = 0
    bij_andere: int = 0
    zonder_woning: int = 0

    @property
    def sluit(self) -> bool:
        """Whether every row is accounted for."""
        return self.gelezen == self.gebruikt + self.afgewezen + self.bij_andere + self.zonder_woning


@dataclass
class Bewoners:
    """The person table; ``stand`` counts as dwellings are passed by."""

    koppeling: Koppeling
    vorm: Schrijfwijze
    bestanden: list[Path]
    stand: Bewonersstand = field(default_factory=Bewonersstand)
    onbekend: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def keep(cls, table: Tabel, koppeling: Koppeling, vorm: Schrijfwijze, folder: Path, stap: Stap) -> "Bewoners":
        """Copy what is used of ``table`` to ``folder``, in a form that can be searched without reading it whole."""
        files = []
        for number, frame in enumerate(table.lees(list(koppeling.van(PERSONEN)))):
            path = folder / f"personen-{number:05}.parquet"
            path.touch(mode=0o600)
            frame.write_parquet(path, compression="lz4")
            files.append(path)
            stap(frame.height)
        return cls(koppeling, vorm, files, Bewonersstand(gelezen=sum(_height(path) for path in files)))

    def of(self, references: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[str]]:
        """The residents of these dwellings beside each other, the reasons of rejected persons, and whose those are.

        A household with a rejected resident is no household any more: its dwelling must be rejected too.
        """
        key = self.koppeling.verwijzing(PERSONEN)
        rows = self._rows(pl.col(key).is_in(references.implode()))
        keuring = read_rows(rows, self.koppeling, PERSONEN, self.vorm)
        self.onbekend.update(keuring.onbekend)
        bad = frozenset(rows.filter(pl.col("rij").is_in(keuring.redenen["rij"].implode()))[key])
        self.stand.afgewezen += keuring.redenen["rij"].n_unique()
        good = keuring.goed.filter(~pl.col(VERWIJZING).is_in(list(bad)))
        crowded = good.group_by(VERWIJZING).len().filter(pl.col("len") > MOST_PERSONS)[VERWIJZING]
        reasons = keuring.redenen
        if crowded.len():
            many = rows.filter(pl.col(key).is_in(crowded.implode()))
            reasons = pl.concat(
                [reasons, row_reasons(many, PERSONEN, key, f"Vul hoogstens {MOST_PERSONS} personen per woning in.")]
            )
            self.stand.afgewezen += many.height
            bad |= frozenset(crowded)
            good = good.filter(~pl.col(VERWIJZING).is_in(crowded.implode()))
        self.stand.bij_andere += rows.height - good.height - reasons["rij"].n_unique()
        self.stand.gebruikt += good.height
        return beside_each_other(good), reasons, bad

    def not_used(self, height: int) -> None:
        """These rows turned out to belong to a dwelling that was rejected or stands there twice."""
        self.stand.gebruikt -= height
        self.stand.bij_andere += height

    def of_doubles(self, references: frozenset[str]) -> None:
        """Count the rows of dwellings that stand there twice."""
        if references:
            key = self.koppeling.verwijzing(PERSONEN)
            self.stand.bij_andere += self._rows(pl.col(key).is_in(list(references))).height

    def without_dwelling(self, dwellings: pl.Series) -> pl.DataFrame:
        """The reasons of the rows of which the reference is not in the dwelling table, or is missing."""
        key = self.koppeling.verwijzing(PERSONEN)
        found = [GEEN_REDENEN]
        for path in self.bestanden:
            rows = pl.read_parquet(path)
            empty = rows.filter(pl.col(key).is_null())
            lost = rows.filter(pl.col(key).is_not_null() & ~pl.col(key).hash().is_in(dwellings.implode()))
            found.append(row_reasons(empty, PERSONEN, key, "De verwijzing ontbreekt: vul het nummer van de woning in."))
            found.append(
                row_reasons(lost, PERSONEN, key, "Deze woning staat niet in de woningtabel.", soort="zonder woning")
            )
            self.stand.afgewezen += empty.height
            self.stand.zonder_woning += lost.height
        return pl.concat(found)

    def _rows(self, condition: pl.Expr) -> pl.DataFrame:
        if not self.bestanden:
            return pl.DataFrame(schema={"rij": pl.Int64} | dict.fromkeys(self.koppeling.van(PERSONEN), pl.String))
        return pl.scan_parquet(self.bestanden).filter(condition).collect(engine="streaming").sort("rij")


def _height(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
