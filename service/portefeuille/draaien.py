"""One run from tables to result: count, judge, answer, write; and a report of where every row went."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from regels.lezers import kolommen
from regels.opmaak import conceptnaam
from regels.regelset import Regelset
from regels.vraag import VraagFout
from service.basis.apart import Leesgrenzen
from service.portefeuille import eigenaar
from service.portefeuille.bewoners import Bewoners
from service.portefeuille.doelen import PERSONEN, VERWIJZING, WONINGEN, doelen
from service.portefeuille.fouten import Afgebroken, PortefeuilleFout, disk_full
from service.portefeuille.keuren import (
    column_at,
    derive,
    general,
    inconsistent,
    only,
    read_rows,
    row_reasons,
)
from service.portefeuille.koppeling import Koppeling, check, said
from service.portefeuille.leesbaar import CONCEPT, CONCEPT_ZEGT, HUUR, NAAST, readable
from service.portefeuille.overzicht import Overzicht, of_draft, table
from service.portefeuille.privacy import refuse_bsn, refuse_personal
from service.portefeuille.samenvatting import (
    BEZOEK,
    BEZWAAR,
    LAAG_INKOMEN,
    Ronde,
    Samenvatting,
    bezoek,
    bezwaar,
    in_euros,
    nodig,
)
from service.portefeuille.schrijven import PREFIX, Uitvoer, open_uitvoer, remove_left_behind, vorm_van
from service.portefeuille.tabellen import PER_KEER, RIJ, Tabel, open_table
from service.portefeuille.tellen import Telling, count
from service.portefeuille.verslag import Verslag, certainty, coupled, not_given, not_read, rested_on
from service.portefeuille.vragen import overzichten
from service.portefeuille.werkboek import EURO, EXCEL_RIJEN, HELE_EURO

Voortgang = Callable[[str, int, int], None]
Neem = Callable[[pl.DataFrame], None]
_FULL: Final = (
    "Een blad van Excel heeft geen plaats voor meer rijen. Alle woningen staan in het resultaat: filter daar op {}. "
    "Alle redenen van afwijzing staan in het bestand met afgewezen rijen, als het resultaat .csv of .parquet is."
)
_NAME: Final = 31  # the longest name of a sheet


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What to run. ``uit`` None: only the report; ``proef``: judge every row and compute nothing.

    ``ingangsdatum`` is the day on which the new rent of every row starts; None: 1 July of the huurronde.
    """

    woningen: Path
    koppeling: Koppeling
    peildatum: date
    huurronde: int
    samenvatting: Path
    afgewezen: Path
    personen: Path | None = None
    uit: str | None = None
    besluiten: tuple[str, ...] = ()
    proef: bool = False
    ingangsdatum: date | None = None
    grenzen: Leesgrenzen = Leesgrenzen()  # noqa: RUF009 - frozen, so one for all


def check_start(regels: Regelset, ingangsdatum: date, huurronde: int | None) -> None:
    """Raises :class:`PortefeuilleFout` when the new rent would start outside the huurronde, worded as in one check."""
    question = {"huurronde": huurronde, "woning": {"ingangsdatumVoorstel": ingangsdatum}}
    try:
        regels.vraag(question)
    except VraagFout as error:
        raise PortefeuilleFout(" ".join(fault.tekst for fault in error.fouten)) from None


def rekenbesluiten(regels: Regelset, gekozen: tuple[str, ...]) -> tuple[str, ...]:
    """The decisions to answer: the chosen ones, or all but the local schemes, with what the summary counts on."""
    if unknown := sorted(set(gekozen) - set(regels.besluiten)):
        raise PortefeuilleFout(
            f"Dit besluit bestaat niet: {', '.join(unknown)}. Kies uit: {', '.join(regels.besluiten)}."
        )
    if gekozen:
        return tuple(name for name in regels.besluiten if name in gekozen)
    counted = nodig(regels)
    return tuple(name for name, b in regels.besluiten.items() if b.onderwerp != "regelingen" or name in counted)


@contextmanager
def private_folder(waar: Path | None = None) -> Iterator[Path]:
    """A folder that only this user can read, gone afterwards; what a process that was killed left is removed first.

    Raises :class:`PortefeuilleFout` when there is no place for one.
    """
    try:
        remove_left_behind(waar or Path(tempfile.gettempdir()))
        folder = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{eigenaar.mark()}-", dir=waar, ignore_cleanup_errors=True)
    except OSError:
        raise PortefeuilleFout(
            "Er is geen plaats voor tijdelijke bestanden. Zet TMPDIR op een map die dat wel is."
        ) from None
    with folder as name:
        yield Path(name)


def open_tables(
    woningen: Path, personen: Path | None, folder: Path, grenzen: Leesgrenzen | None = None
) -> tuple[Tabel, Tabel | None]:
    """Both tables, of which no column is a BSN or a name. Raises :class:`PortefeuilleFout`."""
    first, second = folder / WONINGEN, folder / PERSONEN
    first.mkdir(mode=0o700, exist_ok=True)
    second.mkdir(mode=0o700, exist_ok=True)
    dwellings = open_table(woningen, first, grenzen=grenzen)
    refuse_personal(dwellings)
    persons = open_table(personen, second, grenzen=grenzen) if personen is not None else None
    if persons is not None:
        refuse_personal(persons)
    return dwellings, persons


def draai(
    opdracht: Opdracht,
    folder: Path,
    voortgang: Voortgang,
    tabellen: tuple[Tabel, Tabel | None] | None = None,
    neem: Neem | None = None,
) -> Verslag:
    """Run it. ``voortgang`` hears the phase, what is done and the whole, and may raise to stop: then nothing is left.

    ``tabellen``: the tables of ``opdracht``, where they were opened before. ``neem`` is given the accepted rows, as the
    column reader takes them, with the row number.

    Raises :class:`PortefeuilleFout` when the tables cannot be used.
    """
    with no_room_is_said():
        dwellings, persons = tabellen or open_tables(opdracht.woningen, opdracht.personen, folder, opdracht.grenzen)
        check(opdracht.koppeling, dwellings, persons)
        run = _Run(opdracht, folder, voortgang, dwellings, persons)
        run.neem = neem
        return run.run()


@contextmanager
def no_room_is_said() -> Iterator[None]:
    """A full disk is a sentence, whichever library came upon it."""
    try:
        yield
    except (PortefeuilleFout, Afgebroken):
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        if (sentence := disk_full(error)) is None:
            raise
        raise PortefeuilleFout(sentence) from None


class _Run:
    def __init__(
        self, opdracht: Opdracht, folder: Path, voortgang: Voortgang, woningen: Tabel, personen: Tabel | None
    ) -> None:
        self.neem: Neem | None = None
        self.opdracht, self.folder, self.voortgang = opdracht, folder, voortgang
        self.woningen, self.personen = woningen, personen
        self.koppeling = opdracht.koppeling
        self.regels = opdracht.koppeling.regels
        self.concept = conceptnaam(self.regels.revisie)
        besluiten = rekenbesluiten(self.regels, opdracht.besluiten)
        self.tabeltoets = kolommen.Tabeltoets(
            self.regels, opdracht.peildatum, opdracht.huurronde, besluiten, ingangsdatum=opdracht.ingangsdatum
        )
        self.ronde = Ronde(
            self.regels, opdracht.peildatum, opdracht.huurronde, self.tabeltoets.kolommen, opdracht.ingangsdatum
        )
        self.verslag = Verslag(meldingen=said(self.koppeling, woningen, personen))
        self.som = Samenvatting(self.ronde)
        self.bewoners: Bewoners | None = None

    def run(self) -> Verslag:
        done = 0

        def counted(rows: int) -> None:
            nonlocal done
            done += rows
            self.voortgang("tellen", done, 0)

        for given in (self.woningen, self.personen):
            if given is not None:
                refuse_bsn(given, lambda: counted(0))
        telling = count(self.woningen, self.koppeling, WONINGEN, counted, dubbel=True)
        self._check_size(telling)
        if self.personen is not None:
            self.personen.haal(list(self.koppeling.van(PERSONEN)))
            of_persons = count(self.personen, self.koppeling, PERSONEN, counted, dubbel=False)
            self.bewoners = Bewoners.keep(self.personen, self.koppeling, of_persons.vorm, self.folder, counted)
            self.verslag.personen = self.bewoners.stand
        o = self.opdracht
        with open_uitvoer(o.uit, o.samenvatting, o.afgewezen, self.folder, proef=o.proef) as out:
            self.voortgang("rekenen", 0, telling.rijen)
            for rows in self.woningen.lees(list(self.koppeling.van(WONINGEN)), PER_KEER):
                self._batch(rows, telling, out)
                self.voortgang("rekenen", self.verslag.gelezen, telling.rijen)
            self._leftover_persons(telling, out)
            if self.bewoners is not None:
                self.verslag.onbekend.update(self.bewoners.onbekend)
            self.verslag.overzichten = self._overviews()
            self.verslag.check()
            self.voortgang("schrijven", 0, 0)
            if not o.proef:
                out.werkboek.sheet("Kolommen").write(self._columns())
            if full := out.werkboek.overflow():
                self.verslag.overzichten.insert(
                    1, table("Niet op het blad", ("Blad", "Rijen"), [*full.items()], self._full())
                )
            out.werkboek.tabellen, out.werkboek.opmaak = self.verslag.overzichten, self._euros()
        self.verslag.geschreven = out.gezet.klaar
        return self.verslag

    def _full(self) -> str:
        own = [f"{id}__uitkomst" for id in (*self.ronde.met_rol(BEZWAAR), *self.ronde.met_rol(BEZOEK))]
        return _FULL.format(" of ".join(filter(None, (", ".join(own[:-1]), *own[-1:]))) or "een kolom __uitkomst")

    def _check_size(self, telling: Telling) -> None:
        o = self.opdracht
        if telling.rijen == 0:
            raise PortefeuilleFout("Het bestand heeft wel een kop, maar geen rijen.")
        if o.uit and not o.proef and vorm_van(o.uit) == "excel" and telling.rijen >= EXCEL_RIJEN:
            raise PortefeuilleFout(
                f"{telling.rijen} rijen passen niet op een blad van Excel. Schrijf naar een bestand .parquet of .csv."
            )

    def _batch(self, rows: pl.DataFrame, telling: Telling, out: Uitvoer) -> None:
        key = self.koppeling.verwijzing(WONINGEN)
        self.verslag.gelezen += rows.height
        twice = rows.filter(pl.col(key).is_in(list(telling.dubbel))) if telling.dubbel else rows.clear()
        if twice.height:
            self.verslag.dubbel += twice.height
            said = "Deze verwijzing staat meer dan één keer in het bestand; geen van deze rijen is doorgerekend."
            self._reject(row_reasons(twice, WONINGEN, key, said, soort="dubbel"), out)
            rows = only(rows, frozenset(twice[RIJ]))
        keuring = read_rows(rows, self.koppeling, WONINGEN, telling.vorm)
        self._reject(keuring.redenen, out)
        self.verslag.onbekend.update(keuring.onbekend)
        frame = derive(keuring.goed, self.koppeling)
        frame = self._with_persons(frame, rows, key, out)
        frame = self._consistent(frame, rows, key, out)
        self.verslag.aangenomen += frame.height
        self.verslag.afgewezen += rows.height - frame.height
        if self.neem is not None:
            self.neem(frame)
        last = self.verslag.gelezen == telling.rijen
        if not self.opdracht.proef and (frame.height or last):
            self._answer(frame, out)  # the last batch always, so that the result has its head

    def _with_persons(self, frame: pl.DataFrame, rows: pl.DataFrame, key: str, out: Uitvoer) -> pl.DataFrame:
        """The residents beside each dwelling; a dwelling with a rejected resident is rejected."""
        if self.bewoners is None:
            return frame
        wide, reasons, bad = self.bewoners.of(rows[key].drop_nulls())
        self._reject(reasons, out)
        lost = frame.filter(pl.col(VERWIJZING).is_in(list(bad)))
        self._reject(row_reasons(lost, WONINGEN, VERWIJZING, "Een bewoner van deze woning is afgewezen."), out)
        kept = only(frame, frozenset(lost[RIJ]))
        unused_ = wide.filter(~pl.col(VERWIJZING).is_in(kept[VERWIJZING].implode()))
        self.bewoners.not_used(int(unused_[PERSONEN].sum()))
        return kept.join(wide, on=VERWIJZING, how="left", maintain_order="left")

    def _consistent(self, frame: pl.DataFrame, rows: pl.DataFrame, key: str, out: Uitvoer) -> pl.DataFrame:
        """Without the rows of which the fields do not go together."""
        found = list(inconsistent(self.regels, frame, self.opdracht.peildatum, self.ronde.rondedatum))
        if not found:
            return frame
        wrong = frozenset(row for row, _, _ in found)
        about = rows.filter(pl.col(RIJ).is_in(list(wrong)))
        for row, pointer, text in found:
            reason = row_reasons(about.filter(pl.col(RIJ) == row), WONINGEN, key, text)
            column = column_at(pointer, self.koppeling)
            self._reject(reason.with_columns(kolom=pl.lit(column, dtype=pl.String)), out)
        if self.bewoners is not None and PERSONEN in frame.columns:
            lost = frame.filter(pl.col(RIJ).is_in(list(wrong)))[PERSONEN].sum()
            self.bewoners.not_used(int(lost or 0))
        return only(frame, wrong)

    def _leftover_persons(self, telling: Telling, out: Uitvoer) -> None:
        if self.bewoners is None:
            return
        self.bewoners.of_doubles(telling.dubbel)
        self._reject(self.bewoners.without_dwelling(telling.sleutels), out)

    def _reject(self, reasons: pl.DataFrame, out: Uitvoer) -> None:
        out.reject(reasons)
        for column, text, height in reasons.group_by("kolom", "reden").len().iter_rows():
            said = column or "", general(text)
            self.verslag.redenen[said] = self.verslag.redenen.get(said, 0) + height

    def _answer(self, frame: pl.DataFrame, out: Uitvoer) -> None:
        answered = self.tabeltoets.toets_deel(frame.drop(RIJ))
        self.som.add(answered)
        if out.resultaat is not None:
            out.resultaat.write(readable(answered, self.ronde.kolommen, self.concept))
        beside = [name for name in NAAST if name in answered.columns]
        visits = self.ronde.met_rol(BEZOEK)
        grounds = tuple(f"{id}__" for id in self.ronde.met_rol(BEZWAAR))
        for name, part, more in (
            *((self.ronde.naam_van(id)[:_NAME], bezoek(answered, self.ronde, id), [LAAG_INKOMEN]) for id in visits),
            (
                "Bezwaar",
                bezwaar(answered, self.ronde),
                [k.naam for k in self.ronde.kolommen if k.naam.startswith(grounds)] if grounds else [],
            ),
        ):
            if part.height:
                shown = part.select(*beside, *(column for column in more if column in part.columns))
                out.werkboek.sheet(name).write(readable(shown, self.ronde.kolommen, self.concept))

    def _overviews(self) -> list[Overzicht]:
        tables = {WONINGEN: self.woningen} | ({PERSONEN: self.personen} if self.personen is not None else {})
        parts = [self.verslag.afstemming(), self.verslag.waarom(), self.verslag.niet_geweten()]
        if not self.opdracht.proef:
            parts += overzichten(self.som)
        parts += [rested_on(self.ronde), coupled(self.koppeling), not_read(self.koppeling, tables)]
        parts.append(not_given(self.koppeling, self.ronde))
        if not self.opdracht.proef:
            parts.append(certainty(self.ronde))
        return [of_draft(part, self.concept) for part in parts if part is not None]

    def _euros(self) -> dict[str, str]:
        """How the columns with an amount look in a workbook."""
        amounts = {kolom.naam: kolom.deler for kolom in self.ronde.kolommen if in_euros(kolom)}
        return {name: EURO if deler > 1 else HELE_EURO for name, deler in (amounts | {HUUR: 100}).items()}

    def _columns(self) -> pl.DataFrame:
        rows = [(k.naam, k.betekenis, k.eenheid) for k in self.ronde.kolommen]
        known = doelen(self.regels)[WONINGEN]
        beside = [(name, known[name].label, "") for name in NAAST]
        rows += [(CONCEPT, CONCEPT_ZEGT, "")] if self.concept else []
        return pl.DataFrame([*beside, *rows], schema=["kolom", "betekenis", "eenheid"], orient="row")
