"""The report of a run: where every row went, how every column was read, and what the answers rest on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regels.lezers.kolommen.layout import VAN_DE_TABEL
from regels.opmaak import conceptnaam, datum
from regels.stand import names_of
from service.portefeuille.bewoners import Bewonersstand as PersonenStand
from service.portefeuille.doelen import PERSONEN, WONINGEN
from service.portefeuille.koppeling import Koppeling, unused
from service.portefeuille.overzicht import Overzicht, table
from service.portefeuille.privacy import names_of_people
from service.portefeuille.samenvatting import Ronde
from service.portefeuille.tabellen import Tabel
from service.portefeuille.zekerheid import weakest


@dataclass
class Verslag:
    """Where every row went, and what was counted. The numbers of the dwellings add up, or :meth:`check` raises."""

    gelezen: int = 0
    aangenomen: int = 0
    afgewezen: int = 0
    dubbel: int = 0
    personen: PersonenStand | None = None
    redenen: dict[tuple[str, str], int] = field(default_factory=dict)  # by column (empty: the whole row) and words
    onbekend: Counter[tuple[str, str]] = field(default_factory=Counter)  # by column and the text of the cell
    meldingen: list[str] = field(default_factory=list)
    overzichten: list[Overzicht] = field(default_factory=list)
    geschreven: list[Path] = field(default_factory=list)

    @property
    def schoon(self) -> bool:
        """Whether every row was accepted."""
        lost = self.personen.afgewezen + self.personen.zonder_woning if self.personen else 0
        return self.afgewezen + self.dubbel + lost == 0

    def check(self) -> None:
        """Raise when a row is not accounted for: a defect, never a result."""
        if self.gelezen != self.aangenomen + self.afgewezen + self.dubbel or not (
            self.personen is None or self.personen.sluit
        ):
            raise RuntimeError("de aantallen sluiten niet")

    def afstemming(self) -> Overzicht:
        """The tie-out, as a table."""
        rows = [
            ("Woningen", "Gelezen", self.gelezen),
            ("Woningen", "Aangenomen", self.aangenomen),
            ("Woningen", "Afgewezen", self.afgewezen),
            ("Woningen", "Dubbel", self.dubbel),
        ]
        if (p := self.personen) is not None:
            rows += [
                ("Personen", "Gelezen", p.gelezen),
                ("Personen", "Gebruikt", p.gebruikt),
                ("Personen", "Afgewezen", p.afgewezen),
                ("Personen", "Bij een afgewezen of dubbele woning", p.bij_andere),
                ("Personen", "Zonder woning", p.zonder_woning),
            ]
        said = (
            "Gelezen is de som van de andere regels. Een dubbele verwijzing wordt niet doorgerekend: welke rij klopt, "
            "is niet te zien."
        )
        return table("Afstemming", ("Tabel", "Wat", "Rijen"), rows, said)

    def waarom(self) -> Overzicht | None:
        """Why rows were rejected, most frequent first. These do not add up to rows: one row can have more reasons."""
        found = sorted(self.redenen.items(), key=lambda item: (-item[1], item[0]))
        rows = [(column or "(hele rij)", times, words) for (column, words), times in found]
        said = "Een rij kan meer dan één reden hebben; samen kan dit dus meer zijn dan het aantal afgewezen rijen."
        return table("Redenen van afwijzing", ("Kolom", "Keren", "Reden"), rows, said) if rows else None

    def niet_geweten(self) -> Overzicht | None:
        """The cells with a text that only says that it is not known."""
        rows = [(column, text, times) for (column, text), times in sorted(self.onbekend.items())]
        said = "Deze tekst in een cel is gelezen als: niet bekend."
        return table("Gelezen als onbekend", ("Kolom", "Tekst", "Keren"), rows, said) if rows else None


def rested_on(ronde: Ronde) -> Overzicht:
    """The dates and the rule set."""
    rules = f"{ronde.regels.naam} ({ronde.regels.hash})"
    rows = [("Peildatum", datum(ronde.peildatum)), ("Huurronde", str(ronde.huurronde)),
            ("Nieuwe huur gaat in op", datum(ronde.rondedatum)), ("Regels", rules)]  # fmt: skip
    if conceptnaam(ronde.regels.revisie):
        rows.append(
            ("Concept", "Dit is een voorbeeld met regels die nog niet gelden. Gebruik het niet voor een huurder.")
        )
    return table("Gerekend met", ("Wat", "Waarde"), rows)


def coupled(koppeling: Koppeling) -> Overzicht:
    """How each column was read."""
    rows = [
        (group, column, doel.naam, doel.label)
        for group in (WONINGEN, PERSONEN)
        for column, doel in koppeling.van(group).items()
    ]
    rows += [("vast", "", name, word) for name, word in koppeling.vast.items()]
    return table("Koppeling", ("Tabel", "Kolom", "Veld", "Betekenis"), rows)


def not_read(koppeling: Koppeling, tables: Mapping[str, Tabel]) -> Overzicht | None:
    """The columns that were left alone, and why."""
    rows = [
        (group, column, "lijkt een naam" if column in names_of_people(read.kolommen) else "niet gekoppeld")
        for group, read in tables.items()
        for column in unused(koppeling, group, read)
    ]
    return table("Kolommen die niet zijn gelezen", ("Tabel", "Kolom", "Waarom"), rows) if rows else None


def not_given(koppeling: Koppeling, ronde: Ronde) -> Overzicht:
    """The fields that the decisions look at and no column has; what is taken as given then, is said."""
    said = (
        "Hoeveel van de berekende besluiten naar dit veld kunnen kijken. Zonder waarde en zonder uitgangspunt is het "
        "onbekend."
    )
    rows = sorted(_fields(koppeling, ronde), key=lambda row: (bool(row[2]), -row[3]))
    return table("Velden die niemand gaf", ("Veld", "Label", "Aangenomen", "Besluiten"), rows, said)


def _fields(koppeling: Koppeling, ronde: Ronde) -> Iterator[tuple[str, str, str, int]]:
    given = {d.veld.naam for g in (WONINGEN, PERSONEN) for d in koppeling.van(g).values() if d.veld is not None}
    given |= {*koppeling.vast, *VAN_DE_TABEL}
    regels = ronde.regels
    looked = [names_of(regels, regels.besluiten[name]) for name in ronde.besluiten]
    for name, veld in regels.velden.items():
        times = sum(name in names for names in looked)
        if times and name not in given:
            yield name, veld.label, " ".join(a.tekst for a in regels.aannamen.get(name, ())), times


def certainty(ronde: Ronde) -> Overzicht:
    """The weakest mark that the answer to a decision can rest on."""
    rows = [(ronde.regels.teksten.titel(name), weakest(ronde, name)) for name in ronde.besluiten]
    said = "Het zwakste cijfer of de zwakste regel waarop een uitkomst van dit besluit kan rusten."
    return table("Zekerheid", ("Besluit", "Zekerheid"), rows, said)
