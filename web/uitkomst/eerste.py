"""The first screen of an answer: the sentence that an entrance came for, its amounts, and what is still asked.

Which decisions those are stands beside their texts (``eerst`` in ``teksten.yaml``). It decides nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from regels.eensgezind import eigen_zin
from regels.regelset import Regelset
from regels.teksten import Teksten
from regels.uitslag import Conclusie, Vervolgstap
from web.formulier.formulierbeeld import Formulierbeeld, Vak
from web.formulier.indeling import Ingang
from web.raamwerk.teksten import tekst
from web.raamwerk.uitkomstwoord import outcome_word
from web.uitkomst.antwoord import Antwoord, Gemis, Stapnu, one_reason, questions_left, short_amount
from web.uitkomst.huurruimte import Huurruimte
from web.uitkomst.sombeeld import Sombeeld, Somregel

_CARDS_AT_MOST = 6
_STEPS_AT_MOST = 1
_PROOFS_AT_MOST = 3
# what one shows a proof of
_AMOUNTS = ("bedrag", "heel_bedrag")
_SHOWN = ("ja", "nee", "onbekend", "besluit_ontbreekt", "voorleggen")
_HELP = ("ja", "voorleggen")


@dataclass(frozen=True, slots=True)
class Eerstefeit:
    """One thing on the first screen: its name, its amount in large type (or empty: then the outcome), and why."""

    naam: str
    waarde: str
    reden: str
    conclusie: Conclusie


@dataclass(frozen=True, slots=True)
class Hulpkaart:
    """A scheme or help: why, what it brings, what to do and whom to call, what to bring, how long it takes."""

    titel: str
    brengt: str
    waarom: str
    stappen: tuple[Vervolgstap, ...]
    bewijs: tuple[str, ...]
    duur: str
    conclusie: Conclusie


@dataclass(frozen=True, slots=True)
class Eerste:
    """The first screen. ``leidt`` is the conclusion that ``zin`` is of, where it is of one.

    ``kaarten`` are what this entrance came for, and ``meer`` what there was no room for. ``veld`` is the field of the
    first question, to answer on the spot. ``hangt_af``: one fact decides it, and that is asked there already.
    """

    zin: str
    reden: str
    leidt: Conclusie | None
    feiten: tuple[Eerstefeit, ...]
    kaarten: tuple[Hulpkaart, ...]
    meer: tuple[Hulpkaart, ...]
    nu: tuple[Stapnu, ...]
    vragen: tuple[Gemis, ...]
    veld: Vak | None
    hangt_af: bool

    @property
    def meer_vragen(self) -> bool:
        """Whether there are other questions than the first."""
        return len(self.vragen) > 1

    @property
    def nog(self) -> str:
        """How many questions are left, in words: the one count of everywhere."""
        return questions_left(len(self.vragen))


def show_first(
    regels: Regelset,
    ingang: Ingang,
    antwoord: Antwoord,
    som: Sombeeld | None,
    huren: Huurruimte | None,
    beeld: Formulierbeeld,
) -> Eerste:
    """The first screen of ``antwoord`` for who came by ``ingang``."""
    found = {c.id: c for c in antwoord.uitslag.conclusies}
    facts = list(_facts(regels.teksten, ingang, found))
    if _stopped_before(facts):
        facts[:2] = facts[1::-1]
    leader = facts[0].conclusie if facts else None
    cards: list[Hulpkaart] = []
    if ingang.regelingen_vooraan:
        facts, leader = [], None
        cards = [_card(regels, *line) for line in _helpful(regels.teksten, ingang, antwoord, som)]
        sentence = _of_schemes(som, len(cards))
    elif huren is not None:
        sentence, leader = huren.zin, None
        facts = [fact for fact in facts if fact.waarde not in _said(sentence, facts)]
    else:
        sentence = _sentence(facts[0], antwoord, regels.teksten) if facts else tekst("algemeen.antwoord.kop")
    if leader is not None and facts[0].waarde in ("", *_said(sentence, facts)):
        # what is missing is asked below
        reason, facts = "" if leader.ontbreekt else facts[0].reden, facts[1:]
    else:
        reason = ""
    return Eerste(
        zin=sentence,
        reden="" if reason == sentence else reason,
        leidt=leader,
        feiten=tuple(_depending(fact, antwoord) for fact in facts),
        kaarten=tuple(cards[:_CARDS_AT_MOST]),
        meer=tuple(cards[_CARDS_AT_MOST:]),
        nu=() if cards or not (leader or huren) else antwoord.first_steps(regels.teksten.eerst(ingang.id)),
        vragen=antwoord.gemis,
        veld=_field(beeld, antwoord.gemis[0].anker) if antwoord.gemis and (leader or cards or huren) else None,
        hangt_af=leader is not None and antwoord.voorwaarden(leader) is not None,
    )


def _depending(fact: Eerstefeit, antwoord: Antwoord) -> Eerstefeit:
    """``fact`` with what it would be by the one fact that it waits for, where that fits in a sentence."""
    depends = antwoord.voorwaarden(fact.conclusie)
    return replace(fact, reden=depends.zin) if depends and depends.zin else fact


def _said(sentence: str, facts: list[Eerstefeit]) -> list[str]:
    """The amounts that the sentence says itself."""
    return [fact.waarde for fact in facts if fact.waarde and fact.waarde in sentence]


def _sentence(fact: Eerstefeit, antwoord: Antwoord, teksten: Teksten) -> str:
    c = fact.conclusie
    if c.uitkomst == "onbekend":
        depends = antwoord.voorwaarden(c)
        if depends is not None:
            return tekst("uitkomst.eerste.hangt_af", titel=teksten.titel(c.id))
        return tekst("uitkomst.eerste.onbekend", titel=teksten.titel(c.id))
    if (own := eigen_zin(c)) is not None:
        return own
    return tekst("uitkomst.eerste.uitkomst", titel=teksten.titel(c.id), uitkomst=outcome_word(c).lower())


def _facts(teksten: Teksten, ingang: Ingang, found: dict[str, Conclusie]) -> Iterator[Eerstefeit]:
    """The decisions of the first screen that say something; the first one also where it is not about this household."""
    shown = [found[id] for id in teksten.eerst(ingang.id) if id in found]
    said = [c for c in shown if c.uitkomst in _SHOWN or (c is shown[0] and c.uitkomst == "niet_van_toepassing")]
    stands_in = {teksten.van(c.id).eerst.zonder for c in said if c.uitkomst == "ja"}
    for c in said:
        other = found.get(teksten.van(c.id).eerst.zonder)
        if (other is not None and other.uitkomst == "ja") or (c.id in stands_in and c.uitkomst != "ja"):
            continue
        # what is not known waits for a fact, whatever the other one says
        instead = other is not None and other.uitkomst in (*_SHOWN, "geen_regels") and c.uitkomst != "onbekend"
        yield _fact(teksten, c, other.tekst if other is not None and instead else _why(c))


def _stopped_before(facts: list[Eerstefeit]) -> bool:
    """Whether the first decision is not about this household for what the second refuses it: the same was computed."""
    if len(facts) < 2:
        return False
    first, second = facts[0].conclusie, facts[1].conclusie
    if (first.uitkomst, second.uitkomst) != ("niet_van_toepassing", "nee"):
        return False
    computed = [{step.naam for step in c.stappen if step.soort == "grootheid"} for c in (first, second)]
    return bool(computed[0] & computed[1])


def _fact(teksten: Teksten, c: Conclusie, reason: str) -> Eerstefeit:
    wanted, since = teksten.van(c.id).eerst.waarde, teksten.van(c.id).eerst.op
    written = {shown.naam: shown for shown in c.weergave}
    value = written.get(wanted)
    if value is None or value.label == value.naam or (c.uitkomst not in _HELP and wanted != "marge"):
        return Eerstefeit(teksten.titel(c.id), "", reason, c)
    if wanted == "marge":  # without a sign: the words say on which side of the limit it is
        return Eerstefeit(teksten.titel(c.id), short_amount(c), reason, c)
    name = value.label
    if since in written:
        name = tekst("uitkomst.eerste.vanaf", wat=name, dag=written[since].tekst)
    return Eerstefeit(name, value.tekst, reason, c)


def _why(c: Conclusie) -> str:
    if c.ontbreekt or not c.redenen:
        return one_reason(c)
    return c.redenen[0].tekst


def _of_schemes(som: Sombeeld | None, cards: int) -> str:
    if som is not None and som.zeker:
        return tekst("uitkomst.eerste.zeker", bedrag=som.zeker)
    return tekst("uitkomst.eerste.hulp") if cards else tekst("uitkomst.eerste.geen_hulp")


def _helpful(
    teksten: Teksten, ingang: Ingang, antwoord: Antwoord, som: Sombeeld | None
) -> Iterable[tuple[Conclusie, str]]:
    """The schemes and help there may be, with what each brings: what is sure first, then what this entrance follows."""
    found: dict[str, tuple[Conclusie, str]] = {}
    lines: tuple[Somregel, ...] = (*som.zekere, *som.mogelijke) if som is not None else ()
    sure = [line for line in lines if line.conclusie.uitkomst == "ja"]
    maybe = [line for line in lines if line.conclusie.uitkomst == "voorleggen"]
    followed = antwoord.found(teksten.eerst(ingang.id))
    rest = [c for subject in antwoord.onderwerpen if subject.id == "regelingen" for c in subject.conclusies]
    for line in sure:
        found.setdefault(line.conclusie.id, (line.conclusie, line.bedrag))
    for c in followed:
        found.setdefault(c.id, (c, short_amount(c)))
    for line in maybe:
        found.setdefault(line.conclusie.id, (line.conclusie, line.bedrag))
    for c in sorted(rest, key=lambda c: not c.vervolg):
        found.setdefault(c.id, (c, short_amount(c)))
    shown = {c.id for c in rest} | {line.conclusie.id for line in lines}
    return [(c, amount) for c, amount in found.values() if c.uitkomst in _HELP and c.id in shown]


def _card(regels: Regelset, c: Conclusie, amount: str) -> Hulpkaart:
    reasons = [reden.tekst for reden in c.redenen if reden.tekst != c.tekst]
    return Hulpkaart(
        titel=regels.teksten.titel(c.id),
        brengt=amount or outcome_word(c),
        waarom=reasons[0] if reasons and (c.uitkomst == "ja" or c.ontbreekt) else c.tekst,
        stappen=tuple(c.vervolg[:_STEPS_AT_MOST]),
        bewijs=tuple(_proofs(regels, c)),
        duur=regels.teksten.van(c.id).duur,
        conclusie=c,
    )


def _proofs(regels: Regelset, c: Conclusie) -> list[str]:
    """The amounts that were filled in and decided ``c``: what one is asked to show."""
    labels = dict.fromkeys(
        (plek.veld.label[0].lower() + plek.veld.label[1:]).partition(",")[0]
        for step in c.stappen
        if step.soort == "veld" and step.veld and (plek := regels.plek(step.veld)) and plek.veld.soort in _AMOUNTS
    )
    return list(labels)[:_PROOFS_AT_MOST]


def _field(beeld: Formulierbeeld, anchor: str) -> Vak | None:
    """The field at ``anchor`` where it is one that fits beside a question."""
    boxes = [
        box
        for block in beeld.blokken
        for box in (*block.vakken, *block.meer, *(box for row in block.rijen for box in (*row.vakken, *row.meer)))
    ]
    return next((box for box in boxes if box.id == anchor and not box.delen), None)
