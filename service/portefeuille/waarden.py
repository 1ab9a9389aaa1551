"""Cells to values: the rules of the form, for a whole column at once.

The plain ways of writing are read by Polars. Everything else is given to the readers of the form, each different text
once; so the two can never differ, and a refusal has the same words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import polars as pl

from regels.opmaak import bedrag, getal
from regels.vraagveld import Lezer
from service.invoer.bedragen import Melding
from service.invoer.bsn import holds_bsn
from service.invoer.datums import read_date
from service.invoer.lezen import read_number_of
from service.invoer.meldingen import tekst
from service.portefeuille.codes import HUISHOUDVERKLARING, JA_NEE, OUDE_CODES, VERA_LABEL, VERA_REDEN
from service.portefeuille.doelen import Doel
from service.portefeuille.vormen import DECIMALEN, FORMULE, FOUT, GROOT, MERK, TEKEN, read_merk

DTYPES: Final[Mapping[str, pl.DataType]] = {
    "bedrag": pl.Int64(), "heel_bedrag": pl.Int64(), "aantal": pl.Int64(), "jaartal": pl.Int64(), "datum": pl.Date(),
    "keuze": pl.String(), "ja_nee": pl.Boolean(), "tekst": pl.String(),
}  # fmt: skip
# a dot and one or two digits: then this column writes its cents with a dot, and 1.234 in it could be either
CENTS_WITH_DOT: Final = r"^-?[0-9]+\.[0-9]{1,2}$"
_THREE: Final = r"^[0-9]{1,3}\.[0-9]{3}$"
_MIDNIGHT: Final = r"[ T]00:00(:00(\.0+)?)?$"
_LONGEST: Final = 60
# day numbers of Excel; what is lower could be a year just as well
_DAY_NUMBER: Final = (
    "Dit is een dagnummer van Excel. Geef de kolom in Excel de opmaak Datum, of schrijf dag-maand-jaar, bijvoorbeeld "
    "31-12-1958."
)
_EXCEL_DAY_ONE, _EXCEL_FIRST = date(1899, 12, 30), 10_000
_EXCEL_1904: Final = date(1904, 1, 1)
# what people write where they do not know it; the words of a field itself go before
ONBEKENDE_WOORDEN: Final = frozenset({
    "-", "--", "–", "—", "?", "??", "onbekend", "niet bekend", "n.v.t.", "n.v.t", "nvt", "niet van toepassing", "n.b.",
    "n.b", "nb", "n/a", "geen label", "geen energielabel", "geen opgave", "null", "none", "nan", "(leeg)", "leeg",
})  # fmt: skip
# an error of Excel, in Dutch and English, as text
_ERROR_TEXT: Final = r"(?i)^#(n/[ab]|verw!|ref!|waarde!|value!|deel/0!|div/0!|naam\?|name\?|getal!|num!|leeg!|null!)$"
MERKTEKSTEN: Final[Mapping[str, str]] = {
    FOUT: "In de cel staat de fout {gevonden} van Excel{cel}. Herstel de formule, of maak de cel leeg als de waarde "
    "niet bekend is.",
    FORMULE: "In de cel staat een formule zonder uitkomst{cel}. Open het bestand in Excel, bewaar het, en geef het "
    "opnieuw.",
    GROOT: "Excel bewaart maar 15 cijfers van een getal; wat hier staat{cel} is dus niet zeker. Geef de kolom in Excel "
    "de opmaak Tekst, en zet de nummers er opnieuw in vanuit uw eigen systeem.",
    DECIMALEN: "{gevonden} heeft meer dan twee cijfers achter de komma. Rond het af, bijvoorbeeld op {afgerond}.",
    TEKEN: "In de cel staat een teken dat in geen tekst hoort. Typ de waarde opnieuw.",
}
_ABOVE_ZERO: Final = (
    "Dit bedrag moet hoger zijn dan 0 euro. Vul het juiste bedrag in, of laat de cel leeg als u het niet weet."
)


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A column that was read: its values, for each text that was refused why, and the texts that mean unknown."""

    waarden: pl.Series
    fouten: Mapping[str, str]
    onbekend: Mapping[str, int] = field(default_factory=dict)


def read_column(
    text: pl.Series,
    doel: Doel,
    *,
    punt_is_cent: bool = False,
    is_getal: bool = False,
    stelsel_1904: bool = False,
) -> Gelezen:
    """The cells of ``text`` as values of ``doel``; what is refused is null and has a reason.

    ``punt_is_cent``: elsewhere in this column a dot starts the cents, so ``1.234`` is refused. ``is_getal``: the file
    itself says these are numbers, so a date may be a day number of Excel, with ``stelsel_1904`` counted from 1904.
    """
    kind = doel.soort
    if kind == "tekst":
        return Gelezen(text, {})
    text, marked = _without_marks(text, kind)
    text, unknown = _without_unknown(text, doel)
    if kind in ("keuze", "ja_nee"):
        read_ = _by_text(text, DTYPES[kind], _word_reader(doel))
    elif kind == "datum":
        read_ = _domain(
            _dates(text, (_EXCEL_1904 if stelsel_1904 else _EXCEL_DAY_ONE) if is_getal else None), text, doel
        )
    else:
        read_ = _domain(_numbers(text, doel, punt_is_cent), text, doel)
    return Gelezen(read_.waarden, {**read_.fouten, **marked}, unknown)


# cells that are no value


def _without_marks(text: pl.Series, kind: str) -> tuple[pl.Series, Mapping[str, str]]:
    """``text`` without the cells that are there and cannot be used, and why."""
    odd = (text.str.starts_with(MERK) | text.str.contains(_ERROR_TEXT)).fill_null(value=False)
    if not odd.any():
        return text, {}
    faults, instead = {}, {}
    for cell in text.filter(odd).unique():
        number = _plain_number(cell) if kind not in ("bedrag", "heel_bedrag") else None
        if number is None:
            faults[cell] = mark_reason(cell, whole=kind == "heel_bedrag")
        instead[cell] = number  # what is no amount is judged as a number like any other
    new = pl.Series(list(instead.values()), dtype=pl.String)
    return text.replace(pl.Series(list(instead), dtype=pl.String), new), faults


def _plain_number(cell: str) -> str | None:
    found = read_merk(cell)
    if found is None or found[0] not in (DECIMALEN, GROOT):
        return None
    return found[1].rpartition(" ")[2]


def mark_reason(cell: str, *, whole: bool = False) -> str:
    """Why a marked cell, or one with an error of Excel as its text, cannot be used."""
    kind, shown = read_merk(cell) or (FOUT, cell)
    place, _, found = shown.rpartition(" ")
    rounded = ""
    if kind == DECIMALEN:
        number = Decimal(found)
        rounded = (
            getal(number.quantize(Decimal(1))) if whole else bedrag(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
        )
        found = found.replace(".", ",")
    return MERKTEKSTEN[kind].format(gevonden=found, cel=f" (cel {place})" if place else "", afgerond=rounded)


def is_marked(column: str) -> pl.Expr:
    """Whether a cell is marked, or has an error of Excel as its text."""
    text = pl.col(column)
    return (text.str.starts_with(MERK) | text.str.contains(_ERROR_TEXT)).fill_null(value=False)


def _without_unknown(text: pl.Series, doel: Doel) -> tuple[pl.Series, Mapping[str, int]]:
    """``text`` without what only says that it is not known, and how often each of those was found."""
    own = {word.casefold() for word in (*doel.veld.waarden, *doel.veld.waarden.values())} if doel.veld else set()
    said = text.str.to_lowercase().is_in(list(ONBEKENDE_WOORDEN - own)).fill_null(value=False)
    if not said.any():
        return text, {}
    counted = text.filter(said).str.to_lowercase().value_counts()
    return text.set(said, None), dict(counted.iter_rows())


# numbers


def _numbers(text: pl.Series, doel: Doel, punt_is_cent: bool) -> Gelezen:
    kind, loss, above_zero = doel.soort, doel.minimum is not None and doel.minimum < 0, _is_above_zero(doel)
    frame = text.rename("t").to_frame()
    if kind == "bedrag":
        quick = frame.select(
            pl.col("t").str.extract(r"^([0-9]{1,9})(?:[.,][0-9]{1,2})?$").cast(pl.Int64) * 100
            + pl.when(pl.col("t").str.contains(r"[.,]"))
            .then(pl.col("t").str.extract(r"[.,]([0-9]{1,2})$").str.pad_end(2, "0").cast(pl.Int64))
            .otherwise(0)
        ).to_series()
    elif kind == "heel_bedrag":
        quick = frame.select(pl.col("t").str.extract(r"^([0-9]{1,9})(?:[.,]0{1,2})?$").cast(pl.Int64)).to_series()
    else:
        quick = frame.select(pl.col("t").str.extract(r"^([0-9]{1,9})$").cast(pl.Int64)).to_series()

    def slow(cell: str) -> int | Melding:
        if punt_is_cent and pl.Series([cell]).str.contains(_THREE).item():
            cell = cell.replace(".", ",")  # which says both readings
        value = read_number_of(kind, cell, verlies=loss)
        if not isinstance(value, Melding):
            return int(value * 100) if kind == "bedrag" else int(value)
        below = kind == "bedrag" and above_zero and value.tekst == tekst("meldingen.bedrag.onder_nul")
        return Melding(_ABOVE_ZERO) if below else value

    return _completed(quick, text, slow)


def _is_above_zero(doel: Doel) -> bool:
    low = doel.veld.minimum if doel.veld is not None else doel.minimum
    return isinstance(low, Decimal) and low > 0


def _dates(text: pl.Series, first: date | None) -> Gelezen:
    """``first``: the day from which a number counts days; None where a number is no day."""
    different = text.unique()
    if different.len() * 2 < text.len():  # days come back, and reading them costs more than looking them up
        done = _dates(different, first)
        return Gelezen(text.replace_strict(different, done.waarden, return_dtype=pl.Date), done.fouten)
    bare = text.str.replace(_MIDNIGHT, "")
    quick = bare.str.to_date("%Y-%m-%d", strict=False).set(~_matches(bare, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), None)
    other = bare.str.to_date("%d-%m-%Y", strict=False).set(~_matches(bare, r"^[0-9]{2}-[0-9]{2}-[0-9]{4}$"), None)
    quick = quick.fill_null(other)

    def slow(cell: str) -> date | Melding:
        if first is not None and cell.isdecimal() and len(cell) == 5 and int(cell) >= _EXCEL_FIRST:
            return first + timedelta(days=int(cell))
        if cell.isdecimal() and len(cell) == 5 and int(cell) >= _EXCEL_FIRST:
            return Melding(_DAY_NUMBER)
        return read_date(pl.Series([cell]).str.replace(_MIDNIGHT, "").item())

    return _completed(quick, text, slow)


def _matches(text: pl.Series, pattern: str) -> pl.Series:
    return text.str.contains(pattern).fill_null(value=False)


def _completed(quick: pl.Series, text: pl.Series, slow: Callable[[str], Any]) -> Gelezen:
    rest = text.filter(quick.is_null() & text.is_not_null())
    if rest.is_empty():
        return Gelezen(quick, {})
    different = rest.unique(maintain_order=True)
    done = _by_text(different, quick.dtype, slow)
    more = text.replace_strict(different, done.waarden, default=None, return_dtype=quick.dtype)
    return Gelezen(quick.fill_null(more), done.fouten)


def _by_text(text: pl.Series, dtype: pl.DataType, reader: Callable[[str], Any]) -> Gelezen:
    """Each different text once through ``reader``."""
    different = text.drop_nulls().unique(maintain_order=True)
    values, faults = [], {}
    for cell in different:
        value = reader(cell)
        if isinstance(value, Melding):
            faults[cell] = value.tekst
            value = None
        values.append(value)
    if different.is_empty():
        return Gelezen(pl.Series(text.name, [None] * text.len(), dtype=dtype), {})
    new = pl.Series(values, dtype=dtype)
    return Gelezen(text.replace_strict(different, new, default=None, return_dtype=dtype), faults)


# words


def _word_reader(doel: Doel) -> Callable[[str], Any]:
    if doel.soort == "ja_nee":
        return lambda cell: JA_NEE.get(cell.casefold(), Melding("Vul ja of nee in, of laat de cel leeg."))
    assert doel.veld is not None
    veld = doel.veld
    words = {word.casefold(): word for word in veld.waarden}
    words |= {label.casefold(): word for word, label in veld.waarden.items()}
    refused: Mapping[str, str] = {}
    choices = ", ".join(veld.waarden)
    if veld.naam == "energielabel":
        words |= VERA_LABEL
    if veld.naam == "reden_laatste_verhoging":
        words |= VERA_REDEN
        choices = f"INK, JAA, MUT of REN, of {choices}"
    if veld.naam == "inkomenscategorie":
        words |= HUISHOUDVERKLARING
        refused = OUDE_CODES
        choices = f"L, M of H, of {choices}"

    def reader(cell: str) -> str | Melding:
        key = cell.casefold()
        return words.get(key) or Melding(refused.get(key, f"Kies een van: {choices}."))

    return reader


# the domain of a field


def _domain(gelezen: Gelezen, text: pl.Series, doel: Doel) -> Gelezen:
    values = gelezen.waarden
    if doel.veld is not None:
        low, high = doel.veld.minimum, doel.veld.maximum
    else:
        low, high = doel.minimum, doel.maximum
    if low is None or high is None:
        return gelezen
    scale = 100 if doel.soort == "bedrag" else 1
    least, most = (bound if isinstance(bound, date) else int(bound * scale) for bound in (low, high))
    outside = ((values < least) | (values > most)).fill_null(value=False)
    if not outside.any():
        return gelezen
    pairs = pl.DataFrame({"t": text, "w": values}).filter(outside).unique("t")
    faults = dict(gelezen.fouten)
    for cell, value in pairs.iter_rows():
        faults[cell] = _outside(value, doel, scale)
    return Gelezen(values.set(outside, None), faults)


def _outside(value: int | date, doel: Doel, scale: int) -> str:
    """The words of the question itself for a value outside its domain."""
    if doel.veld is None:
        assert doel.minimum is not None and doel.maximum is not None
        return f"Vul een getal in van {getal(doel.minimum)} tot en met {getal(doel.maximum)}."
    given = value if isinstance(value, date) else Decimal(value) / scale
    if doel.soort == "bedrag" and not isinstance(given, date) and given <= 0 and _is_above_zero(doel):
        return _ABOVE_ZERO
    return Lezer(doel.veld).refusal(given) or "Deze waarde kan hier niet."


def shown(column: str) -> pl.Expr:
    """What was found in a cell, for the list of rejected rows; what could hold a BSN is left out."""
    text = (
        pl.col(column)
        .str.replace(r"^\x00decimalen:([0-9-]*)\.", "$1,")
        .str.replace(r"^\x00[a-z]+:([A-Z]+[0-9]+ ?)?", "")
    )
    return text.map_batches(_without_bsn, return_dtype=pl.String)


def _without_bsn(cells: pl.Series) -> pl.Series:
    return cells.map_elements(
        lambda cell: "(weggelaten)" if holds_bsn(cell) else cell[:_LONGEST], return_dtype=pl.String
    )
