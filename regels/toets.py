"""From a question and a rule set to an answer."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal, cast

from regels.laden import regelset
from regels.lezers.onbekend import Unknown
from regels.lezers.uitleg import State
from regels.ontbreekt import CIJFER
from regels.opmaak import datum
from regels.programma import ZONDER_WAARDEN, KlaarBesluit, KlaarVervolg, KlareRegel, Programma, programma
from regels.regelset import Regelset, Venster
from regels.stand import Gat
from regels.stappen import Gemaakt
from regels.uitslag import (
    Bronvermelding,
    Conclusie,
    Gegeven,
    Ontbrekend,
    Reden,
    Stap,
    Uitgangspunt,
    Uitkomst,
    Uitslag,
    Vervolgstap,
    Waardelabel,
)
from regels.velden import label_van
from regels.vraag import Vraag


class LezersVerschil(Exception):
    """The two readers differ, or a decision has no single answer: a defect, never an answer.

    ``incident`` identifies the case; no fact of the household is in it.
    """

    def __init__(self, besluit: str, rete: Iterable[str], uitleg: Iterable[str]) -> None:
        self.incident = uuid.uuid4().hex[:12]
        self.besluit = besluit
        self.rete, self.uitleg = sorted(rete), sorted(uitleg)
        super().__init__(f"incident {self.incident}: {besluit}: rete {self.rete}, uitleg {self.uitleg}")


def toets(vraag: Vraag, regels: Regelset | None = None, besluiten: Collection[str] | None = None) -> Uitslag:
    """The answer to ``vraag`` by ``regels`` (left out: the rule set that comes with the product).

    With ``besluiten`` only these decisions are evaluated, and those that can stop the whole check. The peildatum must
    be filled in. Raises :class:`regels.vraag.VraagFout` without one, and :class:`LezersVerschil` when the readers do
    not agree.
    """
    regels = regels or regelset()
    facts, persons = vraag.feiten()
    peildatum, rondedatum = cast(date, facts["peildatum"]), cast(date, facts["rondedatum"])
    return _Answer(programma(regels, peildatum, rondedatum), State(facts, persons), besluiten).build()


class _Answer:
    def __init__(self, programma: Programma, state: State, besluiten: Collection[str] | None) -> None:
        self.programma = programma
        self.asked = programma.besluiten if besluiten is None else programma.asked(tuple(besluiten))
        self.regels = programma.stand.regels
        self.state = state
        self.sources: dict[str, Bronvermelding] = {}
        self.steps = Gemaakt(state)

    def build(self) -> Uitslag:
        conclusions = self._conclusions()
        return Uitslag(
            peildatum=cast(date, self.state.facts["peildatum"]),
            huurronde=cast(date, self.state.facts["rondedatum"]).year,
            regelset=self.programma.regelset,
            conclusies=conclusions,
            uitgangspunten=self._assumed(),
            bronnen=self.sources,
        )

    def _assumed(self) -> list[Uitgangspunt]:
        found: dict[str, Uitgangspunt] = {}
        for used, (aanname, _) in self.state.assumed.items():
            if aanname.id in found:
                found[aanname.id].velden.append(used.pointer)
            else:
                found[aanname.id] = Uitgangspunt(aanname.id, aanname.tekst, used.pointer, [used.pointer])
        return list(found.values())

    def _conclusions(self) -> list[Conclusie]:
        results = [(klaar, *klaar.gelden(self.state)) for klaar in self.asked]
        # the other reader shares what was computed; what it needs beyond that is no reason and not assumed
        other = State(self.state.facts, self.state.persons, memo=dict(self.state.memo))
        for klaar, true, unknown, _ in results:
            fired = self.programma.rete.fired(other, klaar.besluit.id)
            own = {rule.regel.naam for rule in true}
            if fired != own or len(true) > 1 or (not true and not unknown and klaar.gat is None):
                raise LezersVerschil(klaar.besluit.id, fired, own)
        for klaar, true, *_ in results:
            if klaar.besluit.stopt and true and true[0].regel.dan == "voorleggen":
                # nothing else is said, so nothing else is looked at or assumed
                self.state = State(self.state.facts, self.state.persons)
                self.steps = Gemaakt(self.state)
                return [self._conclude(klaar, *klaar.gelden(self.state))]
        return [self._conclude(*result) for result in results]

    def _conclude(self, klaar: KlaarBesluit, true: list[KlareRegel], unknown: list[Unknown], used: int) -> Conclusie:
        if klaar.gat is not None:
            return self._no_rules(klaar, klaar.gat)
        if not true:
            return self._unknown(klaar, unknown)
        rule, state, stappen = true[0], self.state, self.programma.stappen
        outcome = rule.regel.dan
        reasons, for_reasons = rule.omdat(state)
        said, for_said = rule.zegt(state)
        own, own_display, for_own = rule.waarden(state)
        used |= for_reasons | for_said | for_own
        # the values that go with the question are shown with their sources, but the outcome does not rest on them
        values, display, shown = ({}, [], 0) if outcome in ZONDER_WAARDEN else klaar.waarden(state)
        said = said or klaar.besluit.vraag
        sources = self._cite(used | shown, rule.regel.bronnen)
        return Conclusie(
            id=klaar.besluit.id,
            onderwerp=klaar.besluit.onderwerp,
            vraag=klaar.besluit.vraag,
            uitkomst=cast(Uitkomst, outcome),
            zekerheid=stappen.zekerheid(used, rule.regel.zekerheid),
            tekst=said,
            waarden=values | own,
            weergave=display + own_display,
            redenen=[Reden(regel=rule.regel.naam, tekst=text, bronnen=sources) for text in reasons or [said]],
            stappen=stappen.of(used | shown, self.steps),
            ontbreekt=[],
            vervolg=self._next_steps((*rule.vervolg, *klaar.vervolg), outcome),
        )

    def _unknown(self, klaar: KlaarBesluit, unknown: list[Unknown]) -> Conclusie:
        pointers = self.programma.volgorde([part.fields for part in unknown])
        figures = [p.removeprefix(CIJFER) for p in pointers if p.startswith(CIJFER)]
        asked = [p for p in pointers if not p.startswith(CIJFER)]
        missing = [Ontbrekend(veld=pointer, tekst=self._question(pointer)) for pointer in asked]
        values, display, shown = klaar.waarden(self.state)
        steps = self.programma.stappen.of(shown, self.steps)
        self._cite(shown)
        text = " ".join(["Nog niet te zeggen.", *(part.tekst for part in missing[:1])])
        for name in figures:
            text += f" Voor deze datum is niet gevonden: {self.regels.cijfers[name][0].label}."
        return self._plain(klaar, "onbekend", text, values, display, steps, missing)

    def _no_rules(self, klaar: KlaarBesluit, gat: Gat) -> Conclusie:
        text = f"Voor {datum(gat.dag)} zijn geen regels ingevoerd ({gat.wat}). {_window_text(gat.laatste, gat.dag)}"
        return self._plain(klaar, "geen_regels", text, {}, [], [], [])

    def _plain(
        self,
        klaar: KlaarBesluit,
        outcome: Literal["onbekend", "geen_regels"],
        text: str,
        values: dict[str, Gegeven],
        display: list[Waardelabel],
        steps: list[Stap],
        missing: list[Ontbrekend],
    ) -> Conclusie:
        return Conclusie(
            id=klaar.besluit.id,
            onderwerp=klaar.besluit.onderwerp,
            vraag=klaar.besluit.vraag,
            uitkomst=outcome,
            zekerheid=None,
            tekst=text,
            waarden=values,
            weergave=display,
            redenen=[],
            stappen=steps,
            ontbreekt=missing,
            vervolg=self._next_steps(klaar.vervolg, outcome),
        )

    def _cite(self, used: int, own: tuple[str, ...] = ()) -> list[str]:
        """The sources of what was used and ``own`` ones; the answer as a whole names them too."""
        sources = self.programma.stappen.bronnen(used, own)
        self.sources |= sources
        return list(sources)

    def _question(self, pointer: str) -> str:
        asked = self.programma.gevraagd
        if pointer not in asked:
            asked[pointer] = self._ask(pointer)
        return asked[pointer]

    def _ask(self, pointer: str) -> str:
        parts = pointer.split("/")
        if pointer == "/personen":
            return "Vul in wie er in de woning wonen."
        person = int(parts[2]) if parts[1] == "personen" else None
        veld = next(veld for veld in self.regels.velden.values() if veld.pointer(person) == pointer)
        label = veld.label[0].lower() + veld.label[1:] if not veld.label[:2].isupper() else veld.label
        what = "Kies ja of nee" if veld.type.kind == "waarheid" else "Kies" if veld.type.kind == "keuze" else "Vul in"
        return f"{what}: {label_van(label.removesuffix('?'), person)}."

    def _next_steps(self, steps: tuple[KlaarVervolg, ...], outcome: str) -> list[Vervolgstap]:
        found: list[Vervolgstap] = []
        for step in steps:
            if step.bij and outcome not in step.bij:
                continue
            text, _ = step.zegt(self.state)  # the answer does not rest on what comes after it
            if text is not None:
                last = step.voor(self.state)[0] if step.voor is not None else None
                found.append(Vervolgstap(tekst=text, url=step.url, voor=last if isinstance(last, date) else None))
        return found


def _window_text(window: Venster | None, dag: date) -> str:
    if window is None:
        return "Er is nooit een regel ingevoerd."
    if window.vanaf > dag:
        return f"De eerste regels gelden vanaf {datum(window.vanaf)}."
    if window.tot_en_met is None:
        return f"De laatste regels golden vanaf {datum(window.vanaf)}."
    return f"De laatste regels golden van {datum(window.vanaf)} tot en met {datum(window.tot_en_met)}."
