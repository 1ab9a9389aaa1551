"""From a question and a rule set to an answer."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from regels.aanvullen import vul_aan
from regels.eensgezind import agree, common, sentence, weakest
from regels.lezers.onbekend import Unknown
from regels.lezers.toestand import State
from regels.ontbreekt import CIJFER, NIEMAND
from regels.opmaak import datum
from regels.programma import KlaarBesluit, KlaarVervolg, KlareRegel, Programma, is_compiled, programma
from regels.regelset import Regelset
from regels.ronde import round_of
from regels.som import schemes, sum_of
from regels.stand import Gat
from regels.stappen import Gemaakt
from regels.uitslag import (
    Bronvermelding,
    Conclusie,
    EersteUitslag,
    Gegeven,
    Ontbrekend,
    Reden,
    Som,
    Stap,
    Uitkomst,
    Uitslag,
    Vervolgstap,
    Waardelabel,
)
from regels.velden import Waarde, label_van
from regels.vraag import Vraag

# the fields that do not say what something rests on
_OF_ANSWER: Final = ("peildatum", "huurronde", "regelset", "conclusies")
_OF_CONCLUSION: Final = ("id", "onderwerp", "vraag", "uitkomst", "tekst", "waarden", "ontbreekt", "regel", "onvolledig")
_OUTCOMES: Final = frozenset({*_OF_ANSWER, *_OF_CONCLUSION})


class LezersVerschil(Exception):
    """The two readers differ, or a decision has no single answer: a defect, never an answer.

    ``incident`` identifies the case; no fact of the household is in it.
    """

    def __init__(self, besluit: str, rete: Iterable[str], uitleg: Iterable[str]) -> None:
        self.incident = uuid.uuid4().hex[:12]
        self.besluit = besluit
        self.rete, self.uitleg = sorted(rete), sorted(uitleg)
        super().__init__(f"incident {self.incident}: {besluit}: rete {self.rete}, uitleg {self.uitleg}")


def toets(
    vraag: Vraag,
    regels: Regelset,
    besluiten: Collection[str] | None = None,
    delen: Collection[str] | None = None,
) -> Uitslag:
    """The answer to ``vraag`` by ``regels``, which the question was read by.

    With ``besluiten`` only these decisions are evaluated, and those that can stop the whole check; with ``delen`` only
    these fields of the answer and its conclusions are sure to be filled. The peildatum must be filled in. Raises
    :class:`regels.vraag.VraagFout` without one, :class:`LezersVerschil` when the readers do not agree, and
    :class:`ValueError` for a question that other rules read: it may have other fields.
    """
    if type(vraag) is not regels.vragen.vraag:
        raise ValueError("deze vraag is met andere regels gelezen; lees haar met regels.vraag(...)")
    facts, persons = vraag.feiten()
    peildatum, rondedatum = cast(date, facts["peildatum"]), cast(date, facts["rondedatum"])
    compiled = programma(regels, peildatum, rondedatum, brief=is_brief(delen))
    made = _Answer(compiled, facts, persons, besluiten, delen)
    answer = made.build()
    if not regels.eerste_formaat:
        vul_aan(answer, compiled, made.state, vraag, delen)
    if delen is None or "som" in delen:
        answer.som = _sum(answer.conclusies, regels, besluiten, vraag)
    return answer


def _sum(said: Sequence[Conclusie], regels: Regelset, besluiten: Collection[str] | None, vraag: Vraag) -> Som | None:
    """What the schemes bring in all; None for some of the decisions only, and where the check stopped."""
    partly = besluiten is not None and not schemes(regels).keys() <= set(besluiten)
    stopped = len(said) == 1 and regels.besluiten[said[0].id].stopt
    return None if partly or stopped else sum_of(said, regels, vraag.ontvangsten())


def is_brief(delen: Collection[str] | None) -> bool:
    """Whether these fields only say what comes out, and not what that rests on."""
    return delen is not None and _OUTCOMES.issuperset(delen)


def is_ready(vraag: Vraag, regels: Regelset, delen: Collection[str] | None) -> bool:
    """Whether the rules of these dates are compiled, which takes long; :func:`toets` does it when they are not."""
    return is_compiled(regels, cast(date, vraag.peildatum), vraag.rondedatum, brief=is_brief(delen))


class _Answer:
    def __init__(
        self,
        programma: Programma,
        facts: Mapping[str, Waarde],
        persons: Sequence[Mapping[str, Waarde]],
        besluiten: Collection[str] | None,
        delen: Collection[str] | None,
    ) -> None:
        self.programma = programma
        self.asked = programma.besluiten if besluiten is None else programma.asked(tuple(besluiten))
        self.wanted, self.regels = besluiten, programma.stand.regels
        self.facts, self.persons = facts, persons
        self.state = programma.state(facts, persons)
        self.waiting = self._reach()
        self.sources: dict[str, Bronvermelding] = {}
        self.steps = Gemaakt(self.state)
        self.with_steps = delen is None or "stappen" in delen
        self.with_gaps = bool(self.regels.wetten) and (delen is None or "niet_getoetst" in delen)

    def build(self) -> Uitslag:
        conclusions = self._conclusions()
        made = EersteUitslag if self.regels.eerste_formaat else Uitslag
        return made(
            peildatum=cast(date, self.facts["peildatum"]),
            huurronde=round_of(cast(date, self.facts["rondedatum"])),
            regelset=self.programma.regelset,
            conclusies=conclusions,
            uitgangspunten=list(self.programma.uitgangspunten(tuple(self.state.assumed.items()))),
            bronnen=self.sources,
            niet_getoetst=self.programma.leemten.van(self.state, self.facts, conclusions, self.wanted)
            if self.with_gaps
            else None,
        )

    def _reach(self) -> dict[tuple[str, ...], Unknown]:
        """Leave out what is of another municipality; of which it is not known whether the question is theirs."""
        reach = {about: holds(self.state)[0] for about, holds in self.programma.bereik.items()}
        if False in reach.values():
            self.asked = [klaar for klaar in self.asked if reach.get(klaar.besluit.gemeenten, True) is not False]
        return {about: value for about, value in reach.items() if isinstance(value, Unknown)}

    def _conclusions(self) -> list[Conclusie]:
        waiting = self.waiting
        results = [(klaar, *klaar.gelden(self.state)) for klaar in self.asked if klaar.besluit.gemeenten not in waiting]
        # the other reader shares what was computed; what it needs beyond that is no reason and not assumed
        other = self.state.copy()
        for klaar, true, unknown, _, open_ in results:
            fired = self.programma.rete.fired(other, klaar.besluit.id)
            if len(true) == 1 and fired == true[0].alleen:
                continue
            if true or fired or (not unknown and klaar.gat is None):
                raise LezersVerschil(klaar.besluit.id, fired, [rule.regel.naam for rule in true])
            if self._agree(klaar, open_, unknown):
                self._check_open(klaar, open_, other)
        for klaar, true, unknown, _, open_ in results:
            sure = true or (open_ if self._agree(klaar, open_, unknown) else [])
            if klaar.besluit.stopt and sure and sure[0].uitkomst == "voorleggen":
                # nothing else is said, so nothing else is looked at or assumed
                self.state = self.programma.state(self.facts, self.persons)
                self.steps = Gemaakt(self.state)
                return [self._conclude(klaar, *klaar.gelden(self.state))]
        said = [self._conclude(*result) for result in results]
        return self._with_waiting(said) if waiting else said

    def _agree(self, klaar: KlaarBesluit, open_: list[KlareRegel], unknown: list[Unknown]) -> bool:
        return not self.regels.eerste_formaat and agree(klaar.besluit, open_, unknown)

    def _check_open(self, klaar: KlaarBesluit, open_: list[KlareRegel], other: State) -> None:
        """The other reader must know of the same rules that they do not apply."""
        refuted = self.programma.rete.refuted(other, klaar.besluit.id)
        known = {rule.regel.naam for rule in klaar.regels} - {rule.regel.naam for rule in open_}
        if refuted != known:
            raise LezersVerschil(klaar.besluit.id, refuted, known)

    def _with_waiting(self, said: list[Conclusie]) -> list[Conclusie]:
        """``said`` with, in their place, the decisions of which the municipality must be known first."""
        found = {conclusion.id: conclusion for conclusion in said}
        return [
            found.get(klaar.besluit.id) or self._whose(klaar, self.waiting[klaar.besluit.gemeenten])
            for klaar in self.asked
        ]

    def _whose(self, klaar: KlaarBesluit, unknown: Unknown) -> Conclusie:
        missing = self._questions(self.programma.volgorde((unknown.fields,)))
        text = " ".join(["Nog niet te zeggen.", *(part.tekst for part in missing[:1])])
        return self._plain(klaar, "onbekend", text, {}, [], [], missing, [])

    def _conclude(
        self,
        klaar: KlaarBesluit,
        true: list[KlareRegel],
        unknown: list[Unknown],
        used: int,
        open_: list[KlareRegel],
    ) -> Conclusie:
        if klaar.gat is not None:
            return self._no_rules(klaar, klaar.gat)
        if not true:
            return (
                self._agreed(klaar, open_, unknown)
                if self._agree(klaar, open_, unknown)
                else self._unknown(klaar, unknown)
            )
        rule, state, stappen = true[0], self.state, self.programma.stappen
        reasons, said, values, display, used_to_say, shown = rule.antwoord(state)
        said = said or klaar.besluit.vraag
        if self.programma.brief:
            return self._plain(klaar, rule.uitkomst, said, values, display, [], [], [rule.regel.naam])
        used |= used_to_say
        sources = self._cite(used | shown, rule.regel.bronnen)
        return Conclusie(  # by place, for names cost a third of the time
            klaar.besluit.id,
            klaar.besluit.onderwerp,
            klaar.besluit.vraag,
            rule.uitkomst,
            stappen.zekerheid(used, rule.regel.zekerheid),
            said,
            values,
            display,
            [Reden(rule.regel.naam, text, sources) for text in reasons or [said]],
            stappen.of(used | shown, self.steps) if self.with_steps else [],
            [],
            self._next_steps(rule.vervolg),
            [rule.regel.naam],
        )

    def _agreed(self, klaar: KlaarBesluit, rules: list[KlareRegel], unknown: list[Unknown]) -> Conclusie:
        """What ``rules`` agree on, which may all apply while no other does."""
        samen, state = self.programma.samen(klaar), self.state
        by_rule = [rule.antwoord(state) for rule in rules]
        values = [answer[2] for answer in by_rule]
        equal = {
            name: value for name, value in values[0].items() if all(name in o and o[name] == value for o in values)
        }
        display = [shown for shown in by_rule[0][3] if shown.naam in equal]
        missing = self._questions(self.programma.volgorde(tuple(samen.wachten(state, rules, unknown))))
        outcome, said = rules[0].uitkomst, sentence([answer[1] for answer in by_rule], missing)
        names = [rule.regel.naam for rule in rules]
        if self.programma.brief:
            return self._plain(klaar, outcome, said, equal, display, [], missing, names)
        used, assumed = samen.rest_op(state)
        for *_, own, shown in by_rule:
            used |= own | shown
        stappen = self.programma.stappen
        sources = self._cite(used, tuple(dict.fromkeys(source for rule in rules for source in rule.regel.bronnen)))
        reasons = [*(common([answer[0] for answer in by_rule]) or [said]), *assumed]
        return Conclusie(
            klaar.besluit.id,
            klaar.besluit.onderwerp,
            klaar.besluit.vraag,
            outcome,
            stappen.zekerheid(used, weakest(rules)),
            said,
            equal,
            display,
            [Reden(names[0], text, sources) for text in reasons],
            stappen.of(used, self.steps) if self.with_steps else [],
            missing,
            common([self._next_steps(rule.vervolg) for rule in rules]),
            names,
            bool(missing),
        )

    def _questions(self, pointers: Iterable[str]) -> list[Ontbrekend]:
        return [self._question(pointer) for pointer in pointers if not pointer.startswith(CIJFER)]

    def _unknown(self, klaar: KlaarBesluit, unknown: list[Unknown]) -> Conclusie:
        pointers = self.programma.volgorde(tuple([part.fields for part in unknown]))
        figures = [p.removeprefix(CIJFER) for p in pointers if p.startswith(CIJFER)]
        missing = self._questions(pointers)
        values, display, shown = klaar.waarden(self.state)
        steps = self.programma.stappen.of(shown, self.steps) if self.with_steps else []
        if not self.programma.brief:
            self._cite(shown)
        text = " ".join(["Nog niet te zeggen.", *(part.tekst for part in missing[:1])])
        for name in figures:
            text += f" Voor deze datum is niet gevonden: {self.regels.cijfers[name][0].label}."
        return self._plain(klaar, "onbekend", text, values, display, steps, missing, [])

    def _no_rules(self, klaar: KlaarBesluit, gat: Gat) -> Conclusie:
        dag = cast(date, self.facts[gat.datum])  # of this question: what is compiled serves a whole stretch of days
        text = f"Voor {datum(dag)} zijn geen regels ingevoerd ({gat.wat}). {gat.golden(dag)}"
        return self._plain(klaar, "geen_regels", text, {}, [], [], [], [])

    def _plain(
        self,
        klaar: KlaarBesluit,
        outcome: Uitkomst,
        text: str,
        values: dict[str, Gegeven],
        display: list[Waardelabel],
        steps: list[Stap],
        missing: list[Ontbrekend],
        rules: list[str],
    ) -> Conclusie:
        return Conclusie(
            klaar.besluit.id,
            klaar.besluit.onderwerp,
            klaar.besluit.vraag,
            outcome,
            None,
            text,
            values,
            display,
            [],
            steps,
            missing,
            self._next_steps(step for step in klaar.vervolg if step.after(outcome)) if klaar.vervolg else [],
            rules,
            bool(missing) and outcome != "onbekend",
        )

    def _cite(self, used: int, own: tuple[str, ...] = ()) -> list[str]:
        """The sources of what was used and ``own`` ones; the answer as a whole names them too."""
        sources = self.programma.stappen.bronnen(used, own)
        self.sources |= sources
        return list(sources)

    def _question(self, pointer: str) -> Ontbrekend:
        asked = self.programma.gevraagd
        if pointer not in asked:
            asked[pointer] = Ontbrekend(pointer, self._ask(pointer))
        return asked[pointer]

    def _ask(self, pointer: str) -> str:
        if pointer == NIEMAND:
            return "Vul in wie er in de woning wonen."
        plek = self.regels.plek(pointer)
        assert plek is not None
        veld, person = plek.veld, plek.persoon
        label = veld.label[0].lower() + veld.label[1:] if not veld.label[:2].isupper() else veld.label
        what = "Kies ja of nee" if veld.type.kind == "waarheid" else "Kies" if veld.type.kind == "keuze" else "Vul in"
        return f"{what}: {label_van(label.removesuffix('?'), person)}."

    def _next_steps(self, steps: Iterable[KlaarVervolg]) -> list[Vervolgstap]:
        found: list[Vervolgstap] = []
        today = cast(date, self.facts["peildatum"])
        for step in steps:
            if step.vast is not None:
                found.append(step.vast)
                continue
            text, _ = step.zegt(self.state)  # the answer does not rest on what comes after it
            last = step.voor(self.state)[0] if step.voor is not None else None
            if text is None or (isinstance(last, date) and last <= today):  # a term that is over is not offered
                continue
            said = step.huurder(self.state)[0] if step.huurder is not None else None
            found.append(Vervolgstap(text, step.url, last if isinstance(last, date) else None, said or ""))
        return found
