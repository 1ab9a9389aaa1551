"""What the tenant reads: a text for every outcome that can happen, in plain Dutch, and never more than is known."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from regels.regelset import Besluit, Regel, Vervolg, Zin
from regels.teksten import TekstFout, plaatsen
from regels.uitslag import Conclusie
from regels.vraag import VraagFout
from tests.hulp import Voorbeeld, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden
from tests.hulp.vragen import antwoord, conclusie
from web.raamwerk.teksten import TEKSTEN

BESLUITEN, STANDAARD = PAKKET.teksten.besluiten, PAKKET.teksten.standaard
titel, vakterm, toelichting = PAKKET.teksten.titel, PAKKET.teksten.vakterm, PAKKET.teksten.toelichting
huurder, varianten = PAKKET.teksten.huurder, PAKKET.teksten.varianten
SILENT = ("niet_van_toepassing", "geen_regels")
# values that are a word for programs, not for a reader
WORDS = {"grond", "klasse"}
EMERGENCY = "112"
LONGEST_SENTENCE, LONGEST_ON_AVERAGE, LONGEST_IN_A_LIST = 25, 15, 20


def outcomes(besluit: Besluit) -> Iterator[tuple[str, Regel | None]]:
    """Every way in which a decision can come out, with its rule; without a rule there are two more."""
    yield from ((regel.dan, regel) for regel in besluit.regels)
    yield from (("onbekend", None), ("geen_regels", None))


CASES = [
    pytest.param(besluit, outcome, regel, id=f"{besluit.id}-{regel.naam if regel else outcome}")
    for besluit in PAKKET.besluiten.values()
    for outcome, regel in outcomes(besluit)
]
# the texts outside the decisions that are read by everybody
PUBLIC = ("papieren.over", "papieren.toegankelijk", "velden.")
TENANT = {
    **{f"standaard {key}": text for key, (text,) in STANDAARD.items()},
    **{
        f"{id} {key} {number}": text
        for id, own in BESLUITEN.items()
        for key, texts in (*own.huurder.items(), *own.per_regel.items())
        for number, text in enumerate(texts)
    },
}
TENANT |= {key: text for key, text in TEKSTEN.alle.items() if key.startswith(PUBLIC)}


def steps_of(besluit: Besluit) -> Iterator[Vervolg]:
    """The next steps of a decision and of its rules."""
    yield from besluit.vervolg
    for regel in besluit.regels:
        yield from regel.vervolg


def words_of(zin: Zin) -> str:
    """A sentence of a rule file, with a mark where a value comes."""
    return "".join(part if isinstance(part, str) else "{}" for part in zin.delen)


# what the tenant can do, from the rule files; figures of the rules and the number of the municipality may be in it
STEPS = {
    f"{besluit.id} stap {number}": words_of(step.huurder)
    for besluit in PAKKET.besluiten.values()
    for number, step in enumerate(steps_of(besluit))
    if step.huurder is not None
}
STAFF = {f"{id} {name}": getattr(own, name) for id, own in BESLUITEN.items() for name in ("vakterm", "toelichting")}


def test_titles_tell_decisions_apart() -> None:
    assert len({titel(id) for id in BESLUITEN}) == len(BESLUITEN)


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_every_decision_has_a_title_and_a_term_with_its_gloss(besluit: Besluit) -> None:
    assert 0 < len(titel(besluit.id)) <= 34
    assert vakterm(besluit.id)
    assert 1 <= len(sentences(toelichting(besluit.id))) <= 2


@pytest.mark.parametrize(("besluit", "outcome", "regel"), CASES)
def test_every_outcome_has_a_text_with_values_that_exist(besluit: Besluit, outcome: str, regel: Regel | None) -> None:
    values = (set() if outcome in SILENT else set(besluit.waarden)) | set(regel.waarden if regel else ())
    for text in varianten(besluit.id, outcome, regel.naam if regel else None):
        assert plaatsen(text) <= values - WORDS, f"{besluit.id}: {text}"


def test_no_text_is_for_a_rule_or_an_outcome_that_cannot_happen() -> None:
    dead = []
    for id, own in BESLUITEN.items():
        rules = {regel.naam for regel in PAKKET.besluiten[id].regels}
        dead += [f"{id}: regel {name}" for name in own.per_regel.keys() - rules]
        used = {
            outcome for outcome, regel in outcomes(PAKKET.besluiten[id]) if not regel or regel.naam not in own.per_regel
        }
        dead += [f"{id}: uitkomst {name}" for name in own.huurder.keys() - used]
    assert dead == []


def test_one_text_of_a_rule_never_serves_two_outcomes() -> None:
    for id, own in BESLUITEN.items():
        for name in own.per_regel:
            assert len({regel.dan for regel in PAKKET.besluiten[id].regels if regel.naam == name}) == 1, f"{id} {name}"


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_the_word_of_an_outcome_answers_the_title(besluit: Besluit) -> None:
    title, outcomes_of = titel(besluit.id), {regel.dan for regel in besluit.regels}
    assert not re.match(r"(Hoe|Wat|Waar|Welk|Wie|Past|Kan|Mag|Is|Hoogste)\b", title) and "?" not in title
    if {"ja", "nee"} <= outcomes_of:  # a yes to such a question must not be called "bekend"
        assert not re.match(r"(Hoe|Wat|Waar|Welk|In welk)", besluit.vraag)


# words for staff: the answer, its reasons and next steps


def said(besluit: Besluit) -> list[str]:
    """Every sentence for staff about one decision."""
    rules = [words_of(zin) for regel in besluit.regels for zin in (regel.zegt, *regel.omdat)]
    return [*rules, *(words_of(step.zin) for step in steps_of(besluit))]


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_u_is_only_where_the_tenant_reads(besluit: Besluit) -> None:
    texts = [titel(besluit.id), vakterm(besluit.id), toelichting(besluit.id), besluit.vraag, *said(besluit)]
    assert [text for text in texts if re.search(r"\bu(w|zelf)?\b", text, re.IGNORECASE)] == []


# what only those who write rules know: what was entered, a rule by its name, a word of the answer as the code has it
INTERNAL = re.compile(r"\bingevoerd|\bregelset|\bde formule\b|[a-z]_[a-z]|\btrue\b|\brevisie", re.IGNORECASE)


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_no_sentence_speaks_of_the_inside_of_a_rule_set(besluit: Besluit) -> None:
    own = BESLUITEN[besluit.id]
    tenant = [text for texts in (*own.huurder.values(), *own.per_regel.values()) for text in texts]
    texts = [titel(besluit.id), vakterm(besluit.id), toelichting(besluit.id), besluit.vraag, *said(besluit)]
    assert [text for text in (*texts, *tenant) if INTERNAL.search(re.sub(r"\{[^}]*\}", "", text))] == []


ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
# known to everybody who has to do with them by these letters only
EVERYDAY = {"AOW", "UWV", "WW", "WIA", "WAO"}


def unexplained(text: str, told: str = "") -> set[str]:
    """The abbreviations in ``text`` that neither it nor what was ``told`` before writes out."""
    return {
        short
        for short in set(ABBREVIATION.findall(text)) - EVERYDAY
        if f"({short})" not in text + told and f"{short} is een" not in told
    }


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_an_abbreviation_is_written_out_where_it_is_first_read(besluit: Besluit) -> None:
    own = BESLUITEN[besluit.id]
    tenant = [text for texts in (*own.huurder.values(), *own.per_regel.values()) for text in texts]
    tenant += [words_of(step.huurder) for step in steps_of(besluit) if step.huurder is not None]
    assert unexplained(titel(besluit.id)) == set()
    assert [text for text in tenant if unexplained(text)] == []
    told = " ".join((besluit.vraag, vakterm(besluit.id), toelichting(besluit.id)))
    assert [text for text in said(besluit) if unexplained(text, told)] == []


# plain words


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]


def words(sentence: str) -> list[str]:
    return [word for word in sentence.split() if re.search(r"\w", word)]


# a word of the office, and what to write for a tenant
JARGON = {
    "aanvang": "begin",
    "aftoppingsgrens": "de hoogste huur die past",
    "alsmede": "en",
    "betreffende": "over, deze",
    "bijgevolg": "daarom",
    "categorie[eë]n": "groepen",
    "conform": "zoals",
    "consulent": "medewerker",
    "daeb": "sociale huur",
    "derhalve": "daarom",
    "dien(?:en|t) te": "moeten",
    "doelgroep": "huishoudens",
    "echter": "maar",
    "gereguleerd": "sociaal huurcontract",
    "hieromtrent": "hierover",
    "huishoudtype": "huishouden",
    "iah": "hogere verhoging door uw inkomen",
    "indien": "als",
    "ingevolge": "door, volgens",
    "inkomensafhankelijk": "door uw inkomen",
    "inzake": "over",
    "jegens": "tegen",
    "kernbinding": "een band met het dorp",
    "krachtens": "volgens",
    "kwaliteitskortingsgrens": "de grens voor een lage huur",
    "met betrekking tot": "over",
    "middels": "met, door",
    "mits": "als",
    "mutatie": "verhuizing",
    "omtrent": "over",
    "ontzien": "rekening houden met",
    "passend toewijzen": "een woning met een huur die past",
    "peildatum": "de dag van de toets",
    "primaire": "",
    "rekenhuur": "huur",
    "rekeninkomen": "inkomen",
    "teneinde": "om",
    "ten behoeve van": "voor",
    "tevens": "ook",
    "tenzij": "maar niet als",
    "toewijz": "geven, krijgen",
    "uitsluitend": "alleen",
    "verduurzaming": "verbetering",
    "vigerend": "dat nu geldt",
    "voornemens": "van plan",
    "wws": "punten",
    "wordt verstaan": "is",
}


def test_a_tenant_reads_plain_words() -> None:
    wrong = []
    for key, text in (TENANT | STEPS).items():
        bare = re.sub(r"\{.*?\}", "", text).lower()
        wrong += [
            f"{key}: {word} (schrijf: {better})" for word, better in JARGON.items() if re.search(rf"\b{word}", bare)
        ]
    assert wrong == []


def test_every_sentence_is_short() -> None:
    every = {**TEKSTEN.alle, **TENANT, **STEPS}
    lengths = {key: [len(words(sentence)) for sentence in sentences(text)] for key, text in every.items()}
    assert [key for key, found in lengths.items() if max(found) > LONGEST_SENTENCE] == []
    assert [key for key in TENANT if sum(lengths[key]) > LONGEST_ON_AVERAGE * len(lengths[key])] == []
    assert [key for key in STEPS if max(lengths[key]) > LONGEST_IN_A_LIST] == []


def long_words(texts: Iterable[str]) -> float:
    """The share of words of more than eleven letters: twice as high in what is written for staff."""
    every = [re.sub(r"\W", "", word) for text in texts for word in words(re.sub(r"\{.*?\}", "", text))]
    return sum(len(word) > 11 for word in every) / len(every)


def test_tenants_read_few_long_words() -> None:
    assert long_words(TENANT.values()) < 0.03 < 0.045 < long_words(STAFF.values())


def test_a_tenant_is_addressed_with_u() -> None:
    other = r"\b(?:je|jij|jou|jouw|men|de huurder|dit huishouden)\b"
    every = TENANT | STEPS
    assert [(key, text) for key, text in every.items() if re.search(other, text.lower())] == []
    assert [(key, text) for key, text in STEPS.items() if not re.search(r"\b[Uu]w?\b", text)] == []


def test_a_text_says_no_number() -> None:
    every = TENANT | STAFF
    assert [(key, text) for key, text in every.items() if re.search(r"\d", text.replace(EMERGENCY, ""))] == []


# nothing is turned into a refusal


def _texts(outcome: str) -> Iterator[tuple[str, str]]:
    for besluit in PAKKET.besluiten.values():
        for own, regel in outcomes(besluit):
            if own == outcome:
                for text in varianten(besluit.id, own, regel.naam if regel else None):
                    yield besluit.id, text


def test_a_text_about_what_is_unknown_says_that_it_is_not_known() -> None:
    assert [
        (id, text) for id, text in _texts("onbekend") if not re.search(r"\bweten (?:dit )?(?:nog )?niet\b", text)
    ] == []


def test_a_text_about_a_missing_decision_says_that_it_is_not_known() -> None:
    wrong = [(id, text) for id, text in _texts("besluit_ontbreekt") if not re.search(r"[Ww]eten (?:wij )?niet", text)]
    assert wrong == []


def test_a_text_for_a_person_to_judge_names_who() -> None:
    who = r"[Mm]edewerker|uw adviseur|SVB|commissie|zorgaanbieder"
    assert [(id, text) for id, text in _texts("voorleggen") if not re.search(who, text)] == []


def test_a_text_without_rules_sends_to_someone_who_knows() -> None:
    who = r"[Vv]raag|[Bb]el|Bespreek|Kijk|Maak"
    assert [(id, text) for id, text in _texts("geen_regels") if not re.search(who, text)] == []


# with real answers


def _all(conclusions: list[Conclusie]) -> Iterator[tuple[Conclusie, str]]:
    for c in conclusions:
        text = huurder(c)
        assert text
        assert not re.search(r"[{}]|-\s*€|€\s*-|\s{2}(?!\S*€)", text.replace("\N{NO-BREAK SPACE}", " ")), text
        yield c, text


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_every_conclusion_of_an_example_has_its_text(case: Voorbeeld) -> None:
    assert list(_all(toets(read(case.vraag)).conclusies))


@pytest.mark.parametrize("jaar", range(2022, 2028))
@pytest.mark.parametrize("compleet", [True, False], ids=["compleet", "onbekend"])
def test_every_conclusion_about_any_household_has_its_text(jaar: int, compleet: bool) -> None:
    rng, asked = random.Random(jaar), 0
    while asked < 20:
        question = huishouden(rng, compleet=compleet, jaar=min(jaar, 2026))
        if jaar > 2026:
            question |= {"peildatum": f"{jaar}-03-01", "huurronde": jaar}
            question.get("woning", {}).pop("ingangsdatumVoorstel", None)
        try:
            vraag = read(question)
        except VraagFout:  # moved to another year it may be no question
            continue
        assert list(_all(toets(vraag).conclusies))
        asked += 1


def test_the_amounts_in_a_text_are_those_of_the_answer() -> None:
    found = conclusie("huurtoeslag")
    assert found.uitkomst == "ja"
    shown = {value.naam: value.tekst for value in found.weergave}
    assert f"ongeveer {shown['perMaand']} huurtoeslag" in huurder(found)


def test_a_refusal_says_by_how_much_without_a_minus_sign() -> None:
    people = [{"rol": "huurder", "leeftijd": 40, "inkomen": 60000}]
    found = conclusie("daeb-doelgroep", personen=people)
    assert found.waarden["marge"] < 0
    text = huurder(found)
    assert f"{str(found.weergave[2].tekst).replace('-', '')} per jaar hoger" in text
    assert "-" not in text


def test_without_a_value_the_text_that_needs_none_is_used() -> None:
    found = replace(conclusie("passende-huur", soort="woningzoekende"), weergave=[])
    assert huurder(found) == varianten("passende-huur", "ja")[-1]


def test_a_rule_with_its_own_text_comes_before_the_outcome() -> None:
    found = next(c for c in antwoord(verhuurder="woonconcept").conclusies if c.id == "efg-ontzien")
    assert (found.uitkomst, found.redenen[0].regel) == ("nee", "geen-afspraak.woonconcept")
    assert "energielabel C" in huurder(found)


def test_a_decision_without_texts_is_an_error() -> None:
    with pytest.raises(TekstFout, match="bestaat-niet"):
        titel("bestaat-niet")
    with pytest.raises(TekstFout, match="spoedmodule"):
        varianten("spoedmodule", "ja")
