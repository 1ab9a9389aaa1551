"""The parts of the form that are no single field: a date in three, the rows of slips, the bands, what is derived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regels import Regelset
from regels.bandbreedte import Band, bands
from regels.opmaak import bedrag
from regels.uitslag import Uitslag
from service.invoer.lezen import Gelezen
from web.formulier.invoer import DELEN, Invoer
from web.formulier.stroken import VELDEN, count_slips
from web.raamwerk.teksten import groep, tekst


@dataclass(frozen=True, slots=True)
class Deel:
    """One of the three fields of a date."""

    id: str
    naam: str
    label: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Strookvak:
    """One field of an income slip."""

    id: str
    naam: str
    soort: str
    label: str
    tekst: str
    opties: tuple[tuple[str, str], ...]
    fout: str


@dataclass(frozen=True, slots=True)
class Strookrij:
    """One income slip."""

    index: int
    titel: str
    vakken: tuple[Strookvak, ...]


def date_parts(texts: Mapping[str, str], name: str, value: Gelezen | None) -> tuple[Deel, ...]:
    """The three fields of the date ``name``; what was read fills them, else they hold what was typed."""
    words = groep("invoer.deel")
    own = {part: texts.get(f"{name}.{part}", "") for part in DELEN}
    if isinstance(value, date):
        own = {"dag": str(value.day), "maand": str(value.month), "jaar": str(value.year)}
    elif not any(own.values()):
        own["dag"] = texts.get(name, "")
    start = name.replace(".", "-")
    # the first one carries the anchor of the field itself
    ids = {part: start if part == DELEN[0] else f"{start}-{part}" for part in DELEN}
    return tuple(Deel(ids[part], f"{name}.{part}", words[part], own[part]) for part in DELEN)


def slip_rows(texts: Mapping[str, str], person: int, faults: Mapping[str, str]) -> tuple[Strookrij, ...]:
    """The income slips of ``person`` as they were typed."""
    return tuple(
        Strookrij(
            index,
            tekst("invoer.strook.titel", nummer=index + 1),
            tuple(_slip_field(texts, f"personen.{person}.stroken.{index}.{name}", name, faults) for name in VELDEN),
        )
        for index in range(count_slips(texts, person))
    )


def _slip_field(texts: Mapping[str, str], full: str, name: str, faults: Mapping[str, str]) -> Strookvak:
    own_id = full.replace(".", "-")
    options: dict[str, Mapping[str, str]] = {
        "periode": groep("invoer.periode"),
        "gezien": {"": tekst("algemeen.veld.nee"), "ja": tekst("algemeen.veld.ja")},
    }
    return Strookvak(
        id=own_id,
        naam=full,
        soort="keuze" if name in options else name,
        label=groep("invoer.strookveld")[name],
        tekst=texts.get(full, ""),
        opties=tuple(options.get(name, {}).items()),
        fout=faults.get(own_id, ""),
    )


def band_options(regels: Regelset, invoer: Invoer | None, vandaag: date) -> tuple[tuple[str, str], ...]:
    """The bands of incomes on the peildatum, with their words."""
    day = invoer.gelezen.get("peildatum", vandaag) if invoer else vandaag
    found = bands(day if isinstance(day, date) else vandaag, regels)
    return (("", tekst("algemeen.veld.kies")), *((band.id, band_words(band)) for band in found))


def band_words(band: Band) -> str:
    """The band in words, with its amounts."""
    low = bedrag(Decimal(band.laag))
    if band.hoog is None:
        return tekst("invoer.band.vanaf", laag=low)
    high = bedrag(Decimal(band.hoog))
    return tekst("invoer.band.tot", hoog=high) if band.laag == 0 else tekst("invoer.band.tussen", laag=low, hoog=high)


def derived(invoer: Invoer | None, uitslag: Uitslag | None, person: int) -> tuple[str, ...]:
    """What follows from the fields of ``person``: the age, the sum of the slips, and an income that does not count."""
    found = []
    steps = _steps(uitslag, person)
    if "leeftijd" in steps:
        found.append(tekst("invoer.afgeleid.leeftijd", leeftijd=steps["leeftijd"]))
    if invoer and person < len(invoer.stroken) and invoer.stroken[person].som is not None:
        slips = invoer.stroken[person]
        found.append(slips.berekening)
        if not slips.volledig:
            found.append(tekst("invoer.afgeleid.niet_alles"))
    # the rules decide whose income counts; the words say why it is not needed
    if steps.get("telt_mee") == "nee":
        found.append(tekst("velden.niet_gevraagd.onderhuurder"))
    elif steps.get("telt_mee_voor_toewijzing") == "nee":
        found.append(tekst("velden.niet_gevraagd.inkomen_kind_toewijzing"))
    return tuple(found)


def _steps(uitslag: Uitslag | None, person: int) -> dict[str, str]:
    """The values that the answer computed for ``person``, by name."""
    steps = (step for c in uitslag.conclusies for step in c.stappen) if uitslag else ()
    return {step.naam: step.waarde for step in steps if step.soort == "grootheid" and step.persoon == person}
