"""From a question and a rule set to an answer."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, cast

from regels.laden import regelset
from regels.lezers.uitleg import GLOBAL, State, Unknown, Used
from regels.ontbreekt import CIJFER
from regels.opmaak import bedrag, datum, getal, maandbedrag, procent
from regels.programma import KlaarBesluit, KlaarVervolg, KlareRegel, Programma, Tekst, Waarden, programma
from regels.regelset import ZEKERHEDEN, Regelset, Venster
from regels.stand import Gat
from regels.typen import UNITS, Type
from regels.uitslag import (
    Bronvermelding,
    Conclusie,
    Gegeven,
    Ontbrekend,
    Reden,
    RegelsetVermelding,
    Stap,
    Uitgangspunt,
    Uitslag,
    Vervolgstap,
    Waardelabel,
    Zekerheid,
)
from regels.velden import label_van
from regels.vraag import Vraag

_SILENT = ("niet_van_toepassing", "geen_regels")
_MONTHLY = UNITS["euro per maand"].unit


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
        self.asked = [
            klaar
            for klaar in programma.besluiten
            if besluiten is None or klaar.besluit.id in besluiten or klaar.besluit.stopt
        ]
        self.regels = programma.stand.regels
        self.state = state
        self.sources: dict[str, None] = {}
        self.below: dict[Used, dict[Used, None]] = {}
        self.steps: dict[Used, Stap] = {}

    def build(self) -> Uitslag:
        conclusions = self._conclusions()
        regels = self.regels
        return Uitslag(
            peildatum=cast(date, self.state.facts["peildatum"]),
            huurronde=cast(date, self.state.facts["rondedatum"]).year,
            regelset=RegelsetVermelding(
                versie=regels.versie, hash=regels.hash, onderdelen=[part.naam for part in regels.onderdelen]
            ),
            conclusies=conclusions,
            uitgangspunten=self._assumed(),
            bronnen={
                name: Bronvermelding(titel=bron.titel, url=bron.url, datum=bron.datum, vindplaats=bron.vindplaats)
                for name in self.sources
                for bron in [regels.bronnen[name]]
            },
        )

    def _assumed(self) -> list[Uitgangspunt]:
        found: dict[str, Uitgangspunt] = {}
        for (name, person), (aanname, _) in self.state.assumed.items():
            pointer = self.regels.velden[name].pointer(person)
            if aanname.id in found:
                found[aanname.id].velden.append(pointer)
            else:
                found[aanname.id] = Uitgangspunt(id=aanname.id, tekst=aanname.tekst, veld=pointer, velden=[pointer])
        return list(found.values())

    def _conclusions(self) -> list[Conclusie]:
        results = [(klaar, *self._evaluate(klaar)) for klaar in self.asked]
        # the other reader walks the same functions, of other decisions too; what it passes is no reason and not assumed
        other = State(self.state.facts, self.state.persons, memo=dict(self.state.memo))
        fired: dict[str, set[str]] = {}
        for besluit, name in self.programma.rete.fired(other, {klaar.besluit.id for klaar in self.asked}):
            fired.setdefault(besluit, set()).add(name)
        for klaar, true, unknown, _ in results:
            names = fired.get(klaar.besluit.id, set())
            own = {rule.regel.naam for rule in true}
            if names != own or len(true) > 1 or (not true and not unknown and klaar.gat is None):
                raise LezersVerschil(klaar.besluit.id, names, own)
        for result in results:
            klaar, true = result[:2]
            if klaar.besluit.stopt and true and true[0].regel.dan == "voorleggen":
                self.state.assumed.clear()  # nothing else is said, so nothing else is assumed
                return [self._conclude(*result)]
        return [self._conclude(*result) for result in results]

    def _evaluate(self, klaar: KlaarBesluit) -> tuple[list[KlareRegel], list[Unknown], list[Used]]:
        true, unknown, trail = [], [], []
        for rule in klaar.regels:
            self.state.trail = []
            value = rule.als(self.state)
            if value is True:
                true.append(rule)
                trail = self.state.trail
            elif value.__class__ is Unknown:
                unknown.append(value)
        return true, unknown, trail

    def _conclude(
        self, klaar: KlaarBesluit, true: list[KlareRegel], unknown: list[Unknown], trail: list[Used]
    ) -> Conclusie:
        if klaar.gat is not None:
            return self._no_rules(klaar, klaar.gat)
        if not true:
            return self._unknown(klaar, unknown)
        rule = true[0]
        outcome = rule.regel.dan
        self.state.trail = trail
        reasons = self._reasons(rule.omdat)
        said = self._write(rule.zegt) or klaar.besluit.vraag
        own, own_display = self._values({} if outcome in _SILENT else rule.waarden, rule.regel.labels)
        rests_on = self._rests_on(trail)
        steps = [self._step(used) for used in rests_on]
        certainty = _weakest({rule.regel.zekerheid, *(step.zekerheid for step in steps if step.zekerheid)})
        # the values that go with the question are shown with their sources, but the outcome does not rest on them
        self.state.trail = []
        values, display = self._values({} if outcome in _SILENT else klaar.waarden, klaar.besluit.labels)
        if self.state.trail:
            steps += [self._step(used) for used in self._rests_on(self.state.trail) if used not in rests_on]
        sources = self._cite(*rule.regel.bronnen, *(source for step in steps for source in step.bronnen))
        return Conclusie(
            id=klaar.besluit.id,
            onderwerp=klaar.besluit.onderwerp,
            vraag=klaar.besluit.vraag,
            uitkomst=outcome,
            zekerheid=certainty,
            tekst=said,
            waarden=values | own,
            weergave=display + own_display,
            redenen=[Reden(regel=rule.regel.naam, tekst=text, bronnen=sources) for text in reasons or [said]],
            stappen=steps,
            ontbreekt=[],
            vervolg=self._next_steps((*rule.vervolg, *klaar.vervolg), outcome),
        )

    def _unknown(self, klaar: KlaarBesluit, unknown: list[Unknown]) -> Conclusie:
        pointers = self.programma.volgorde([part.fields for part in unknown])
        figures = [p.removeprefix(CIJFER) for p in pointers if p.startswith(CIJFER)]
        asked = [p for p in pointers if not p.startswith(CIJFER)]
        missing = [Ontbrekend(veld=pointer, tekst=self._question(pointer)) for pointer in asked]
        self.state.trail = []
        values, display = self._values(klaar.waarden, klaar.besluit.labels)
        steps = [self._step(used) for used in self._rests_on(self.state.trail)]
        self._cite(*(source for step in steps for source in step.bronnen))
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

    def _cite(self, *names: str) -> list[str]:
        """These sources, each once; the answer as a whole names them too."""
        sources = list(dict.fromkeys(names))
        self.sources.update(dict.fromkeys(sources))
        return sources

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

    # values and words

    def _values(self, values: Waarden, labels: Mapping[str, str]) -> tuple[dict[str, Gegeven], list[Waardelabel]]:
        found: dict[str, Gegeven] = {}
        display = []
        for name, (function, kind) in values.items():
            mark = len(self.state.trail)
            value = function(self.state)
            if value.__class__ is Unknown:
                del self.state.trail[mark:]  # what is not shown rests on nothing
                continue
            found[name] = value * 100 if kind.percent else value  # as it is named and written: 15 for 15%
            display.append(Waardelabel(naam=name, label=labels[name], tekst=self._format(value, kind)))
        return found, display

    def _reasons(self, texts: tuple[Tekst, ...]) -> list[str]:
        said = [self._write(text) for text in texts if text.als is None or text.als(self.state) is True]
        return [text for text in said if text is not None]

    def _write(self, text: Tekst) -> str | None:
        """The sentence with its values; None when one of them is not known, for then there is nothing to say."""
        mark, parts = len(self.state.trail), []
        for part in text.delen:
            if isinstance(part, str):
                parts.append(part)
                continue
            value = part[0](self.state)
            if value.__class__ is Unknown:
                del self.state.trail[mark:]
                return None
            parts.append(self._format(value, part[1]))
        return "".join(parts)

    def _format(self, value: Any, kind: Type) -> str:
        if value.__class__ is Unknown:
            return "onbekend"
        if kind.kind == "datum":
            return datum(value)
        if kind.kind == "waarheid":
            return "ja" if value else "nee"
        if kind.kind == "keuze":
            return self.programma.woorden.get(kind.words, {}).get(value, value)
        return number_text(value, kind)

    def _next_steps(self, steps: tuple[KlaarVervolg, ...], outcome: str) -> list[Vervolgstap]:
        found = []
        for step in steps:
            if step.bij and outcome not in step.bij:
                continue
            if step.tekst.als is not None and step.tekst.als(self.state) is not True:
                continue
            last = step.voor(self.state) if step.voor is not None else None
            if (text := self._write(step.tekst)) is not None:
                found.append(Vervolgstap(tekst=text, url=step.url, voor=last if isinstance(last, date) else None))
        return found

    # the trail

    def _rests_on(self, trail: list[Used]) -> dict[Used, None]:
        """Everything ``trail`` rests on, each once: what a step needs stands before the step."""
        found: dict[Used, None] = {}
        for used in trail:
            found.update(self._below(used))
        return found

    def _below(self, used: Used) -> dict[Used, None]:
        if used not in self.below:
            found: dict[Used, None] = {}
            if used.kind == "grootheid":
                for part in self.state.trails[(used.name, GLOBAL if used.person is None else used.person)]:
                    found.update(self._below(part))
            found[used] = None
            self.below[used] = found
        return self.below[used]

    def _step(self, used: Used) -> Stap:
        step = self.steps.get(used)
        if step is None:
            if used.kind == "cijfer":  # the same for every household
                step = self.programma.cijferstappen.get(used)
                if step is None:
                    step = self.programma.cijferstappen[used] = self._figure_step(used)
            else:
                step = self._quantity_step(used) if used.kind == "grootheid" else self._field_step(used)
            self.steps[used] = step
        return step

    def _quantity_step(self, used: Used) -> Stap:
        quantity = self.regels.grootheden[used.name]
        formule = self.programma.stand.formule(used.name)
        assert formule is not None
        value = self.state.memo[(used.name, GLOBAL if used.person is None else used.person)]
        return Stap(
            soort="grootheid",
            naam=used.name,
            label=label_van(quantity.label, used.person),
            waarde=self._format(value, quantity.type),
            bronnen=list(formule.bronnen),
            zekerheid=cast(Zekerheid, formule.zekerheid),
            persoon=used.person,
        )

    def _figure_step(self, used: Used) -> Stap:
        figure = used.figure
        assert figure is not None
        table = figure.waarde
        value = table[used.key] if isinstance(table, Mapping) and used.key is not None else table
        which = [used.key.replace("_", " ")] if used.key is not None else []
        which += [f"op {used.year}"] if used.year is not None else []
        return Stap(
            soort="cijfer",
            naam=used.name,
            label=f"{figure.label} ({', '.join(which)})" if which else figure.label,
            waarde=self._format(value, figure.type),
            bronnen=[figure.bron],
            zekerheid=cast(Zekerheid, figure.zekerheid),
            opmerking=figure.opmerking,
        )

    def _field_step(self, used: Used) -> Stap:
        veld = self.regels.velden[used.name]
        facts = self.state.facts if used.person is None else self.state.persons[used.person]
        value = facts.get(used.name)
        text = "niet ingevuld" if value is None else self._format(value, veld.type)
        taken = self.state.assumed.get((used.name, GLOBAL if used.person is None else used.person))
        if taken is not None:
            text = f"{self._format(taken[1], veld.type)} (aangenomen)"
        return Stap(
            soort="veld",
            naam=used.name,
            label=veld.label_van(used.person),
            waarde=text,
            bronnen=[],
            veld=veld.pointer(used.person),
            persoon=used.person,
        )


@lru_cache(maxsize=4096)
def number_text(value: Decimal, kind: Type) -> str:
    """A number with its unit, as a Dutch reader expects it."""
    if kind.percent:
        return procent(value)
    unit = dict(kind.unit or ())
    if kind.unit == _MONTHLY and not kind.whole:
        return maandbedrag(value.quantize(Decimal("0.01")))
    if unit.get("euro") == 1:
        return bedrag(value if value == value.to_integral_value() else value.quantize(Decimal("0.01")))
    text = str(value) if "jaartal" in unit else getal(value)
    return f"{text} {'jaar' if unit.get('jaar') == 1 else 'maanden'}" if unit in ({"jaar": 1}, {"maand": 1}) else text


def _weakest(marks: Iterable[str]) -> Zekerheid:
    return cast(Zekerheid, max(marks, key=ZEKERHEDEN.index))


def _window_text(window: Venster | None, dag: date) -> str:
    if window is None:
        return "Er is nooit een regel ingevoerd."
    if window.vanaf > dag:
        return f"De eerste regels gelden vanaf {datum(window.vanaf)}."
    if window.tot_en_met is None:
        return f"De laatste regels golden vanaf {datum(window.vanaf)}."
    return f"De laatste regels golden van {datum(window.vanaf)} tot en met {datum(window.tot_en_met)}."
