"""Row by row: accept or reject, with every reason; what the single check would refuse is rejected here."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import polars as pl

from regels.regelset import Regelset
from regels.vraag import MOST_PERSONS, VraagFout
from regels.wijzer import nested
from service.invoer.meldingen import MELDINGEN
from service.portefeuille.doelen import (
    HUISHOUDINKOMEN,
    PERSONEN,
    VERWIJZING,
    WONINGEN,
    Doel,
    doelen,
)
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.vormen import GROOT, RIJ
from service.portefeuille.waarden import (
    MERKTEKSTEN,
    ONBEKENDE_WOORDEN,
    is_marked,
    mark_reason,
    read_column,
    shown,
)

AFGEWEZEN: Final[Mapping[str, Any]] = {
    "tabel": pl.String(),
    "rij": pl.Int64(),
    "verwijzing": pl.String(),
    "soort": pl.String(),
    "kolom": pl.String(),
    "gevonden": pl.String(),
    "reden": pl.String(),
}
GEEN_REDENEN: Final = pl.DataFrame(schema=dict(AFGEWEZEN))
# the texts of the form that repeat what was typed
_QUOTING: Final = ("meldingen.bedrag.twee_dingen", "meldingen.bedrag.geen_centen", "meldingen.datum.geen_dag")
# below a table, and no dwelling
_TOTAL: Final = (
    r"(?i)^(((sub|eind)[ -]?|algemeen |generaal )?(totaal|totalen|total|totals)|gemiddeld|gemiddelde[n]?|average)"
    r"([ :.(/].*)?$|^(som|mediaan|minimum|maximum|aantal|sum|mean)[ :.]*$"
)
# what Excel makes of a number of more than fifteen digits, once it is text
_ROUNDED_NUMBER: Final = r"(?i)^[0-9]([.,][0-9]+)?e\+?[0-9]+$|^[0-9]{15,}[.,]0+$"
_NO_REFERENCE: Final = "De verwijzing ontbreekt: vul het nummer van de woning in."
_RAISED: Final = "woning_laatste_verhoging"
_STARTED, _BEFORE = "woning_contract_vanaf", "woning_huur_voor_ronde"


@dataclass(frozen=True, slots=True)
class Schrijfwijze:
    """What holds for a whole file: columns that write cents with a dot, and columns that hold numbers themselves.

    ``stelsel_1904``: a workbook that counts its days from 1904.
    """

    punt_is_cent: frozenset[str] = frozenset()
    getallen: frozenset[str] = frozenset()
    stelsel_1904: bool = False


@dataclass(frozen=True, slots=True)
class Keuring:
    """The rows that can be read, typed under the names of their targets, and why the others cannot.

    ``onbekend``: by column and text, how many cells only said that it is not known.
    """

    goed: pl.DataFrame
    redenen: pl.DataFrame
    onbekend: Mapping[tuple[str, str], int]


def read_rows(rows: pl.DataFrame, koppeling: Koppeling, groep: str, vorm: Schrijfwijze) -> Keuring:
    """The cells of ``rows`` as values; every cell that cannot be read is a reason."""
    targets = koppeling.van(groep)
    key = koppeling.verwijzing(groep)
    typed, reasons = [rows[RIJ]], []
    unknown: dict[tuple[str, str], int] = {}
    for column, doel in targets.items():
        gelezen = read_column(
            rows[column],
            doel,
            punt_is_cent=column in vorm.punt_is_cent,
            is_getal=column in vorm.getallen,
            stelsel_1904=vorm.stelsel_1904,
        )
        unknown |= {(column, text): times for text, times in gelezen.onbekend.items()}
        typed.append(gelezen.waarden.rename(doel.naam))
        if gelezen.fouten:
            reasons.append(_cell_reasons(rows, groep, key, column, gelezen.fouten))
    reasons += _no_dwelling(rows, groep, key)
    found = pl.concat(reasons) if reasons else GEEN_REDENEN
    frame = pl.DataFrame(typed)
    good = frame.filter(~pl.col(RIJ).is_in(found["rij"].implode())) if found.height else frame
    return Keuring(good, found, unknown)


def _no_dwelling(rows: pl.DataFrame, groep: str, key: str) -> Iterator[pl.DataFrame]:
    """The reasons of the rows of which the reference is missing, unsure, or not that of a dwelling."""
    text = pl.col(key)
    empty = rows.filter(text.is_null() | text.str.to_lowercase().is_in(list(ONBEKENDE_WOORDEN)))
    if empty.height:
        yield row_reasons(empty, groep, key, _NO_REFERENCE)
    total = rows.filter(text.str.contains(_TOTAL).fill_null(value=False))
    if total.height:
        yield row_reasons(
            total, groep, key, "Dit lijkt een regel met een totaal of gemiddelde, en geen woning. Haal hem weg."
        )
    marked = rows.filter(is_marked(key))
    if marked.height:
        faults = {cell: mark_reason(cell) for cell in marked[key].unique()}
        yield _cell_reasons(marked, groep, key, key, faults)
    rounded = rows.filter(text.str.contains(_ROUNDED_NUMBER).fill_null(value=False))
    if rounded.height:
        said = MERKTEKSTEN[GROOT].format(cel="")
        yield _cell_reasons(rounded, groep, key, key, dict.fromkeys(rounded[key].unique(), said))


def _cell_reasons(rows: pl.DataFrame, groep: str, key: str, column: str, faults: Mapping[str, str]) -> pl.DataFrame:
    wrong = rows.filter(pl.col(column).is_in(list(faults)))
    return wrong.select(
        tabel=pl.lit(groep),
        rij=pl.col(RIJ),
        verwijzing=shown(key),
        soort=pl.lit("afgewezen"),
        kolom=pl.lit(column),
        gevonden=shown(column),
        reden=pl.col(column).replace_strict(list(faults), list(faults.values()), return_dtype=pl.String),
    )


def row_reasons(rows: pl.DataFrame, groep: str, key: str, reden: str, soort: str = "afgewezen") -> pl.DataFrame:
    """One reason for every row in ``rows``, which is about the row as a whole."""
    return rows.select(
        tabel=pl.lit(groep),
        rij=pl.col(RIJ),
        verwijzing=shown(key),
        soort=pl.lit(soort),
        kolom=pl.lit(None, dtype=pl.String),
        gevonden=pl.lit(None, dtype=pl.String),
        reden=pl.lit(reden),
    )


def general(reden: str) -> str:
    """``reden`` without what it quotes of a cell: for counting, and for where no value may be shown."""
    for text in (*(MELDINGEN.alle[key] for key in _QUOTING), *MERKTEKSTEN.values()):
        parts = re.split(r"\{\w+\}", text)
        if re.fullmatch(".+".join(map(re.escape, parts)), reden):
            return "…".join(parts)
    return reden


def derive(frame: pl.DataFrame, koppeling: Koppeling) -> pl.DataFrame:
    """The columns that follow from others: what is fixed, and a household income."""
    for name, word in koppeling.vast.items():
        frame = frame.with_columns(pl.lit(word).alias(name))
    if HUISHOUDINKOMEN in frame.columns:
        income = pl.col(HUISHOUDINKOMEN)
        frame = frame.with_columns(inkomen_toewijzing=income, rekeninkomen=income).drop(HUISHOUDINKOMEN)
    return frame


def beside_each_other(persons: pl.DataFrame) -> pl.DataFrame:
    """One row for each dwelling: its residents beside each other in the order of the file, and how many they are."""
    fields = [name for name in persons.columns if name not in (RIJ, VERWIJZING)]
    numbered = persons.sort(RIJ).with_columns(nr=pl.int_range(pl.len()).over(VERWIJZING) + 1)
    most = int(numbered["nr"].max() or 0)  # type: ignore[arg-type]
    return numbered.group_by(VERWIJZING).agg(
        pl.len().cast(pl.Int64).alias(PERSONEN),
        *(
            pl.col(name).filter(pl.col("nr") == at).first().alias(f"p{at}_{name}")
            for at in range(1, min(most, MOST_PERSONS) + 1)
            for name in fields
        ),
    )


def inconsistent(
    regels: Regelset, frame: pl.DataFrame, peildatum: date, rondedatum: date
) -> Iterator[tuple[int, str, str]]:
    """Row number, place and words of each fault between fields, exactly as the single check words them.

    A cheap condition picks the rows that may be wrong; of those the question itself decides.
    """
    suspect = frame.filter(_suspect(frame, peildatum, rondedatum))
    known = doelen(regels)[WONINGEN]
    targets = {name: known[name] for name in suspect.columns if name in known}
    for row in suspect.iter_rows(named=True):
        question = question_of(row, targets) | {"peildatum": peildatum}
        question["woning"] = question.get("woning", {}) | {"ingangsdatumVoorstel": rondedatum}
        try:
            regels.vraag(question)
        except VraagFout as error:
            for fault in error.fouten:
                yield row[RIJ], fault.veld, fault.tekst


def question_of(row: Mapping[str, Any], targets: Mapping[str, Doel]) -> dict[str, Any]:
    """The question that a row is, as the single check takes it."""
    values: dict[str, object] = {}
    for name, doel in targets.items():
        if doel.pointer and (value := row[name]) is not None:
            values[doel.pointer] = Decimal(value) / 100 if doel.soort == "bedrag" else value
    return nested(values)


def _suspect(frame: pl.DataFrame, peildatum: date, ronde: date) -> pl.Expr:
    """Which rows may be wrong.

    A condition is only asked where all its columns are there. With a constant in place of a column it could be constant
    itself, and a filter of one constant value fails from 16,384 rows on.
    """
    has = frozenset(frame.columns)
    born, age, role, wealth = "geboortedatum", "leeftijd_opgave", "rol", "vermogen_bewoner"
    start = pl.col(_STARTED)
    asked: list[tuple[set[str], pl.Expr]] = [
        ({_STARTED}, start > peildatum),
        ({_STARTED, _RAISED}, pl.col(_RAISED) < start),
        ({_RAISED}, pl.col(_RAISED) >= ronde),
        ({_STARTED, _BEFORE}, (start >= ronde) & pl.col(_BEFORE).is_not_null()),
    ]
    places = sorted({int(name[1:].split("_")[0]) for name in has if name[0] == "p" and name[1:2].isdecimal()})
    ages = {at: _age(has, at, peildatum) for at in places}
    parents = [
        pl.when(pl.col(f"p{at}_rol").is_in(["huurder", "partner"])).then(years)
        for at, years in ages.items()
        if years is not None and f"p{at}_rol" in has
    ]
    for at in places:
        day, years, what, owns = (f"p{at}_{name}" for name in (born, age, role, wealth))
        asked += [
            ({day, years}, pl.col(day).is_not_null() & pl.col(years).is_not_null()),
            ({day}, pl.col(day) > peildatum),
            ({what, owns}, pl.col(owns).is_not_null() & pl.col(what).is_in(["huurder", "partner"])),
        ]
        if parents and (own := ages[at]) is not None:
            asked.append(({what}, (pl.col(what) == "kind") & (own >= pl.max_horizontal(parents))))
    found = [condition for columns, condition in asked if columns <= has]
    if roles := [pl.col(name) for name in frame.columns if re.fullmatch(r"p[0-9]+_rol", name)]:
        tenants = pl.sum_horizontal((role == "huurder").fill_null(value=False).cast(pl.Int32) for role in roles)
        partners = pl.sum_horizontal((role == "partner").fill_null(value=False).cast(pl.Int32) for role in roles)
        found += [(tenants != 1) & pl.any_horizontal(role.is_not_null() for role in roles), partners > 1]
    # the row number is never empty: with it the whole is a column, whatever else is there
    return pl.any_horizontal(pl.col(RIJ).is_null(), *(condition.fill_null(value=False) for condition in found))


def _age(has: frozenset[str], at: int, peildatum: date) -> pl.Expr | None:
    """The age on 1 January of the resident at this place; None where nothing is said of it."""
    day, years = f"p{at}_geboortedatum", f"p{at}_leeftijd_opgave"
    found = []
    if day in has:
        born = pl.col(day)
        later = (born.dt.month() != 1) | (born.dt.day() != 1)
        found.append(pl.lit(peildatum.year, dtype=pl.Int64) - born.dt.year() - later.cast(pl.Int64))
    if years in has:
        found.append(pl.col(years))
    return pl.coalesce(found) if found else None


def column_at(pointer: str, koppeling: Koppeling) -> str | None:
    """The column of the file that holds the field at ``pointer``."""
    for column, doel in koppeling.van(WONINGEN).items():
        if doel.pointer == pointer:
            return column
    plek = koppeling.regels.plek(pointer)
    if plek is None or plek.persoon is None:
        return None
    return next((column for column, doel in koppeling.van(PERSONEN).items() if doel.naam == plek.veld.naam), None)


def only(frame: pl.DataFrame, rows: Collection[int]) -> pl.DataFrame:
    """``frame`` without ``rows``."""
    return frame.filter(~pl.col(RIJ).is_in(list(rows))) if rows else frame
