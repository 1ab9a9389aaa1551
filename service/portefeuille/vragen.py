"""The questions of a rent round as tables, from what was counted. Every limit comes from the rule set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regels.jaarschijf import AANDEEL_LAGE_HUREN
from regels.ontbreekt import NIEMAND
from regels.opmaak import bedrag, datum, procent
from regels.regelset import Bepaling, Meting, Regelset
from regels.stand import cijfer_op
from service.portefeuille.overzicht import Cel, Overzicht, staven, table
from service.portefeuille.samenvatting import BEZOEK, BEZWAAR, NIET_TE_ZEGGEN, ONBEKEND, VERHUURDER, Ronde, Samenvatting

# the rent classes up to the first aftoppingsgrens
_TOT_EERSTE_GRENS: Final = ("goedkoop", "betaalbaar-laag")
Rij = Sequence[Cel]
# a share that an agreement sets
Doel = tuple[Bepaling, Meting]

# the column that tells the table of outcomes from the others
NAAM_IN_RESULTAAT: Final = "Naam in het resultaat"


def overzichten(som: Samenvatting) -> list[Overzicht]:
    """Everything that was counted, as tables."""
    return _Tables(som).all()


@dataclass(frozen=True, slots=True)
class _Tables:
    som: Samenvatting

    @property
    def ronde(self) -> Ronde:
        return self.som.ronde

    def all(self) -> list[Overzicht]:
        parts = (self._share(), self._labels(), self._objections(), self._huursom(), *self._visits(), self._missing())
        return [part for part in (*parts, self._outcomes(), self._sums()) if part is not None]

    def _owners(self) -> list[str]:
        order = [*self.ronde.regels.velden[VERHUURDER].waarden, ONBEKEND]
        return sorted({owner for _, owner, _, _ in self.som.uitkomsten}, key=order.index)

    def _title(self, besluit: str) -> str:
        return self.ronde.regels.teksten.titel(besluit)

    def _owner(self, owner: str) -> str:
        """The words for a landlord."""
        return self.ronde.regels.velden[VERHUURDER].waarden.get(owner, owner)

    def _outcomes(self) -> Overzicht:
        order = list(self.ronde.besluiten)
        counted = self.som.uitkomsten.items()
        rows = sorted(counted, key=lambda item: (order.index(item[0][0]), item[0][1], -item[1], item[0][2:]))
        said = (
            "Wie het zijn staat in het resultaat: filter daar op de kolom __uitkomst, __regel of verhuurder. "
            "De balk is het deel van alle aangenomen woningen."
        )
        return table(
            "Uitkomsten", ("Besluit", NAAM_IN_RESULTAAT, "Verhuurder", "Uitkomst", "Reden (regel)", "Woningen"),
            [(self._title(besluit), besluit, self._owner(owner), outcome or "(toets gestopt)", rule, height)
             for (besluit, owner, outcome, rule), height in rows],
            said, staven([height for _, height in rows], self.som.rijen),
        )  # fmt: skip

    def _sums(self) -> Overzicht | None:
        about = {kolom.naam: kolom for kolom in self.ronde.kolommen}
        rows: list[Rij] = []
        place = {name: at for at, name in enumerate(about)}
        found = sorted(self.som.bedragen.items(), key=lambda item: (place["__".join(item[0][:2])], item[0][2]))
        for (besluit, value, owner), (height, total, low, high) in found:
            kolom = about[f"{besluit}__{value}"]
            parts = (Decimal(total), Decimal(total) / height, Decimal(low), Decimal(high))
            amounts = [_euro(part, kolom.deler) for part in parts]
            rows.append((self._title(besluit), kolom.betekenis, self._owner(owner), height, *amounts))
        head = ("Besluit", "Bedrag (euro)", "Verhuurder", "Woningen", "Samen", "Gemiddeld", "Laagste", "Hoogste")
        return table("Bedragen", head, rows, "Over de woningen waar het bedrag bekend is.") if rows else None

    def _share(self) -> Overzicht | None:
        """The share of rents up to the first aftoppingsgrens, against the agreement."""
        if not self.som.klassen:
            return None
        goals = self._goals()
        all_goals = [*{id(statement): (statement, goal) for statement, goal in goals.values()}.values()]
        single = all_goals[0] if len(all_goals) == 1 else None
        shown = single[1].waarde if single else None
        rows: list[Rij] = []
        shares: list[Decimal | None] = []
        for owner in [*self._owners(), ""]:
            found = Counter[str]()
            for (who, word), height in self.som.klassen.items():
                if owner in ("", who):
                    found[word] += height
            known = found.total() - found[ONBEKEND]
            under = sum(found[word] for word in _TOT_EERSTE_GRENS)
            share = Decimal(under) / known if known else None
            shares.append(share)
            agreed = goals.get(owner) if owner else single
            wanted = agreed[1].waarde if agreed else None
            verdict = _verdict(None if share is None or wanted is None else share >= wanted)
            goal = procent(wanted) if wanted is not None else ""
            if owner and owner not in self.ronde.corporaties:  # the agreement is not theirs
                goal = verdict = ONBEKEND if owner == ONBEKEND else ""
            name = self._owner(owner) if owner else "Samen"
            rows.append((name, under, known, found[ONBEKEND], _share_text(share), goal, verdict))
        head = ("Verhuurder", "Tot en met de grens", "Huur bekend", "Huur onbekend", "Aandeel", "Afspraak", "Gehaald")
        said = (
            self._share_words(all_goals)
            + " De balk is het aandeel"
            + (", het streepje de afspraak." if shown is not None else ".")
        )
        return table("Aandeel huren tot de eerste aftoppingsgrens", head, rows, said, staven(shares, 1, shown))

    def _share_words(self, goals: list[Doel]) -> str:
        limit = cijfer_op(self.ronde.regels, "aftoppingsgrens", self.ronde.peildatum)
        said = ""
        if limit is not None and isinstance(limit.waarde, Mapping):
            amount = bedrag(Decimal(str(limit.waarde["laag"])))
            said = f"De eerste aftoppingsgrens is {amount} op {datum(self.ronde.peildatum)}. "
        if not goals:
            return said + "Voor deze datum is geen afspraak over dit aandeel gevonden."
        return said + " ".join(
            f"{goal.label}: {procent(goal.waarde)} (prestatieafspraken, {statement.id}; {statement.status})."
            for statement, goal in goals
        )

    def _goals(self) -> dict[str, Doel]:
        """For each corporation the share that its agreement sets, with the statement that does."""
        regels, found = self.ronde.regels, {}
        for slice_ in regels.jaarschijven:
            for statement in slice_.bepalingen.values():
                if statement.venster.bevat(self.ronde.peildatum):
                    goals = [figure for figure in statement.cijfers.values() if figure.telt == AANDEEL_LAGE_HUREN]
                    for owner in regels.eigenaren.alle[slice_.eigenaar].corporaties if goals else ():
                        found[owner] = (statement, goals[0])
        return found

    def _labels(self) -> Overzicht | None:
        if not self.som.labels:
            return None
        bad = self.ronde.slechte_labels
        order = [*self.ronde.regels.velden["energielabel"].waarden, ONBEKEND]
        owners = self._owners()
        rows: list[Rij] = [
            (
                label,
                *(self.som.labels[(owner, label)] for owner in owners),
                sum(self.som.labels[(owner, label)] for owner in owners),
            )
            for label in order
        ]
        sums = [sum(self.som.labels[(owner, label)] for label in bad) for owner in owners]
        bars = [sum(self.som.labels[(owner, label)] for owner in owners) for label in order]
        rows.append((f"{', '.join(bad)} samen", *sums, sum(sums)))
        head = ("Label", *map(self._owner, owners), "Samen")
        return table("Energielabels", head, rows, beeld=staven([*bars, None]))

    def _objections(self) -> Overzicht | None:
        rows: list[Rij] = []
        found: list[Counter[str]] = []
        for besluit in self.ronde.met_rol(BEZWAAR):
            question = self.ronde.regels.besluiten[besluit].vraag
            for owner in self._owners():
                per = Counter[str]()
                for (name, who, outcome, _), height in self.som.uitkomsten.items():
                    if (name, who) == (besluit, owner):
                        per[outcome] += height
                rows.append((question, self._owner(owner), per["ja"], per["voorleggen"], per[ONBEKEND]))
                found.append(per)
        head = ("Grond voor bezwaar", "Verhuurder", "Ja", "Voorleggen", "Onbekend")
        said = (
            "Welke woningen het zijn staat op het blad Bezwaar. De balk is het deel 'ja' van alle aangenomen woningen."
        )
        likely = staven([per["ja"] for per in found], self.som.rijen)
        return table("Rijen waartegen bezwaar te verwachten is", head, rows, said, likely) if rows else None

    def _huursom(self) -> Overzicht:
        figure = cijfer_op(self.ronde.regels, "huursom_maximum", self.ronde.rondedatum)
        rows, rises = [], []
        for owner, (height, old, new) in sorted(self.som.huursom.items()):
            rise = Decimal(new - old) / old if old else None
            rises.append(rise)
            within = None if rise is None or figure is None else rise <= Decimal(str(figure.waarde))
            cap = procent(Decimal(str(figure.waarde))) if figure else "niet gevonden"
            rows.append((self._owner(owner), height, self._homes(owner), _share_text(rise), cap, _verdict(within)))
        said = (
            "Het gemiddelde over de zelfstandige, gereguleerde woningen waarvan de oude en de voorgestelde huur bekend "
            "zijn. De huursom telt alleen woningen die op beide dagen van 1 januari verhuurd waren; dat staat niet in "
            "de tabel. Een huurder kan er geen recht aan ontlenen. De balk is de stijging."
        )
        if figure is None:
            said += f" Voor de ronde van {self.ronde.huurronde} is geen maximum gevonden."
        else:
            bron = self.ronde.regels.bronnen[figure.bron]
            said += f" Bron van het maximum: {bron.titel} ({figure.zekerheid})."
        head = ("Verhuurder", "Meegeteld", "Alle woningen", "Gemiddelde stijging", "Maximum", "Binnen het maximum")
        most = Decimal(str(figure.waarde)) if figure else None
        return table("Huursom", head, rows, said, staven(rises, None, most))

    def _homes(self, owner: str) -> int:
        """All accepted homes of a landlord: every decision counts each of them once."""
        first = self.ronde.besluiten[0]
        return sum(n for (name, who, _, _), n in self.som.uitkomsten.items() if (name, who) == (first, owner))

    def _visits(self) -> list[Overzicht]:
        parts = (self._visit(besluit) for besluit in self.ronde.met_rol(BEZOEK))
        return [part for part in parts if part is not None]

    def _visit(self, besluit: str) -> Overzicht | None:
        about = self.som.laag_inkomen.items()
        found = Counter({(owner, kind): height for (id, owner, kind), height in about if id == besluit})
        if not found:
            return None
        owners = [one for one in self._owners() if any(owner == one for owner, _ in found)]
        kinds = ("ja", "nee", ONBEKEND, NIET_TE_ZEGGEN)
        rows: list[Rij] = [(self._owner(owner), *(found[(owner, kind)] for kind in kinds)) for owner in owners]
        labels, name = ", ".join(self.ronde.labels_voor(besluit)), self.ronde.naam_van(besluit)
        said = (
            f"Woningen met label {labels} die misschien in aanmerking komen voor {name}; de verwijzingen staan op "
            f"het blad {name}. Een laag inkomen volgt alleen uit een kolom met inkomen, nooit uit de "
            "huishoudverklaring. Niet te zeggen: het label of de verhuurder ontbreekt; deze woningen staan niet op "
            "het blad. De balk is het aantal met een laag inkomen."
        )
        head = ("Verhuurder", "Laag inkomen", "Geen laag inkomen", "Inkomen onbekend", "Niet te zeggen")
        return table(name, head, rows, said, staven([found[(owner, "ja")] for owner in owners]))

    def _missing(self) -> Overzicht | None:
        found = sorted(self.som.ontbreekt.items(), key=lambda item: (-item[1], item[0]))
        rows = [(pointer_label(self.ronde.regels, pointer), pointer, n) for pointer, n in found]
        said = "Hoe vaak dit gegeven als eerste nodig is om een besluit te beantwoorden, over alle besluiten samen."
        return table("Wat ontbreekt", ("Gegeven", "Veld", "Keren"), rows, said) if rows else None


def pointer_label(regels: Regelset, pointer: str) -> str:
    """The words for a field by its JSON pointer."""
    if pointer == NIEMAND:
        return "Wie er in de woning wonen"
    plek = regels.plek(pointer)
    return pointer if plek is None else plek.label


def _euro(value: Decimal, deler: int) -> Decimal:
    return round(value / deler, 2)


def _share_text(share: Decimal | None) -> str:
    return procent(round(share, 4)) if share is not None else ONBEKEND


def _verdict(holds: bool | None) -> str:
    return ONBEKEND if holds is None else "ja" if holds else "nee"
