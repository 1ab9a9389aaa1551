"""Questions as rows of a table, and the answers of the single check and of the table side by side."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

import narwhals as nw
import polars as pl

from regels import Vraag
from regels.lezers import kolommen
from regels.lezers.kolommen import Kolom
from regels.regelset import Regelset
from regels.uitslag import Conclusie, Uitslag
from tests.hulp.geladen import PAKKET, toets

Rij = dict[str, Any]


def rij(vraag: Vraag, regels: Regelset = PAKKET) -> Rij:
    """``vraag`` as one row, by the names of the columns; what is unknown is left out."""
    facts, persons = vraag.feiten()
    row: Rij = {"personen": len(persons)}
    for name, value in facts.items():
        if name in regels.velden and name not in ("peildatum", "huurronde", "ingangsdatum_voorstel"):
            prefix = "woning_" if regels.velden[name].groep == "woning" else ""
            row[prefix + name] = stored(name, value, regels)
    for index, person in enumerate(persons):
        row |= {f"p{index + 1}_{name}": stored(name, value) for name, value in person.items()}
    return row


def stored(name: str, value: Any, regels: Regelset = PAKKET) -> Any:
    """``value`` of the field ``name`` as its column holds it."""
    if not isinstance(value, Decimal):
        return value
    return int(value * 100) if regels.velden[name].soort == "bedrag" else int(value)


def tabel(rows: Sequence[Rij], schema: Iterable[Kolom]) -> pl.DataFrame:
    """The rows as a table with the columns of ``schema``."""
    kinds: Mapping[Any, Any] = {nw.Int64(): pl.Int64, nw.Boolean(): pl.Boolean, nw.Date(): pl.Date}
    types = {kolom.naam: pl.Enum(kolom.woorden) if kolom.woorden else kinds[kolom.dtype] for kolom in schema}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def tabel_van(vragen: Sequence[Vraag]) -> pl.DataFrame:
    """The questions as a table, with places for the largest household."""
    rows = [rij(vraag) for vraag in vragen]
    return tabel(rows, kolommen.schema(PAKKET, personen=max((row["personen"] for row in rows), default=0)))


def uit_de_tabel(vragen: Sequence[Vraag], peildatum: date, huurronde: int) -> list[dict[str, Rij]]:
    """For each question, per decision what the table says; see :func:`antwoorden`.

    A table has one day on which the new rent starts, so the questions are split by it.
    """
    starts = [vraag.woning.ingangsdatum_voorstel if vraag.woning is not None else None for vraag in vragen]
    answers: dict[int, dict[str, Rij]] = {}
    for start in dict.fromkeys(starts):
        places = [at for at, own in enumerate(starts) if own == start]
        frame = nw.from_native(tabel_van([vragen[at] for at in places]).lazy())
        asked = kolommen.toets(frame, PAKKET, peildatum, huurronde, ingangsdatum=start)
        found = asked.to_native().collect(engine="streaming").to_dicts()
        answers |= dict(zip(places, antwoorden(found, peildatum, huurronde), strict=True))
    return [answers[at] for at in range(len(vragen))]


def antwoorden(
    rows: Iterable[Rij],
    peildatum: date,
    huurronde: int,
    regels: Regelset = PAKKET,
    besluiten: Sequence[str] | None = None,
) -> list[dict[str, Rij]]:
    """For each answered row, per decision: outcome, rule, values as they are named, what is missing."""
    found = list(rows)
    names = found[0] if found else ()
    places = max((int(m[1]) for name in names if (m := re.fullmatch(r"p(\d+)_\w+", name))), default=0)
    columns = kolommen.resultaat(regels, peildatum, huurronde, besluiten, personen=places)
    return [_decisions(row, columns) for row in found]


def _decisions(row: Rij, columns: Iterable[Kolom]) -> dict[str, Rij]:
    found: dict[str, Rij] = {}
    for kolom in columns:
        besluit, name = kolom.naam.split("__")
        value = row[kolom.naam]
        answer = found.setdefault(besluit, {"waarden": {}})
        if name in ("uitkomst", "regel", "ontbreekt"):
            answer[name] = value
        elif of_person := re.fullmatch(r"p(\d+)_(\w+)", name):
            each = answer["waarden"].setdefault(of_person[2], [])
            each.append(None if value is None else Decimal(value) / kolom.deler)
        elif value is not None:
            number = isinstance(value, int) and not isinstance(value, bool)
            answer["waarden"][name] = Decimal(value) / kolom.deler if number else value
    return {besluit: answer for besluit, answer in found.items() if answer["uitkomst"] is not None}


# a table has no ``mogelijk``, which takes most of the time
ZONDER_MOGELIJK: Final = tuple(part.name for part in fields(Conclusie) if part.name != "mogelijk")
# who does not ask for ``ontbreekt`` gets there all that a rule waits for, and on Spark a table has that too
ZONDER_NODIG: Final = tuple(part for part in ZONDER_MOGELIJK if part != "ontbreekt")


def uit_de_toets(vraag: Vraag, uitslag: Uitslag | None = None) -> dict[str, Rij]:
    """The same of the single check."""
    uitslag = uitslag or toets(vraag, delen=ZONDER_MOGELIJK)
    return {
        c.id: {
            "uitkomst": c.uitkomst,
            "regel": c.regel[0] if c.regel else None,
            "waarden": dict(c.waarden),
            "ontbreekt": " ".join(missing.veld for missing in c.ontbreekt) or None,
        }
        for c in uitslag.conclusies
    }


def afgerond(waarden: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a table can hold them: a number in at most six decimals, half up."""
    step = Decimal("0.000001")

    def held(value: Any) -> Any:
        if isinstance(value, list):  # a table can have more places than a row has residents
            last = max((at for at, part in enumerate(value, 1) if part is not None), default=0)
            return [held(part) for part in value[:last]]
        return value.quantize(step, "ROUND_HALF_UP") if isinstance(value, Decimal) else value

    return {name: found for name, value in waarden.items() if (found := held(value)) != []}


def vergelijkbaar(answers: Mapping[str, Rij]) -> dict[str, Rij]:
    """The decisions of one household, with values as a table can hold them."""
    return {besluit: answer | {"waarden": afgerond(answer["waarden"])} for besluit, answer in answers.items()}
