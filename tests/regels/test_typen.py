"""Binding names to what they stand for: a wrong name, type or unit is refused, with what to write instead."""

from dataclasses import replace

import pytest

from regels.eenheden import DATE, TRUTH, UNITS, Type
from regels.taal import Field, Figure, LanguageError, Node, Quantity, parse, walk
from regels.typen import Scope, bind

ROL = Type("keuze", words=frozenset({"huurder", "kind"}))
LABEL = Type("keuze", words=frozenset({"E", "F", "G"}))
TYPE = Type("keuze", words=frozenset({"een", "meer"}))
SCOPE = Scope(
    fields={
        "huur": UNITS["euro per maand"], "vermogen": UNITS["euro"], "label": LABEL, "dag": DATE, "ronde": DATE,
        "kamer": TRUTH,
    },
    person_fields={"rol": ROL, "inkomen": UNITS["euro per jaar"], "geboren": DATE},
    quantities={"jaarhuur": UNITS["euro per jaar"], "soort": TYPE},
    person_quantities={"leeftijd": UNITS["jaar"]},
    figures={
        "grens": (UNITS["euro per maand"], frozenset()),
        "tabel": (UNITS["euro per jaar"], TYPE.words),
        "deel": (UNITS["procent"], frozenset()),
        "maanden": (UNITS["maanden"], frozenset()),
    },
)  # fmt: skip


OF_VALUE = replace(SCOPE, allow_each=True)


def test_one_for_each_resident_is_a_whole_value_of_a_decision_and_nothing_else() -> None:
    text = "ieder(inkomen van personen met rol = kind)"
    kind = bind(parse(text), OF_VALUE)[1]
    assert (kind.unit, kind.each) == (UNITS["euro per jaar"].unit, True)
    assert not bind(parse("som(inkomen van personen)"), OF_VALUE)[1].each
    for wrong, scope in ((text, SCOPE), ("ieder(deel van personen)", OF_VALUE), ("ieder(rol van personen)", OF_VALUE)):
        with pytest.raises(LanguageError, match="ieder"):
            bind(parse(wrong), scope)


def bound(text: str) -> tuple[Node, Type]:
    return bind(parse(text), SCOPE)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("huur + grens", "euro per maand"),
        ("huur * 12", "euro per maand"),
        ("per_jaar(huur)", "euro per jaar"),
        ("per_maand(jaarhuur)", "euro per maand"),
        ("huur * deel", "euro per maand"),
        ("min(huur, 100)", "euro per maand"),
        ("max(0, huur - grens)", "euro per maand"),
        ("tabel[soort]", "euro per jaar"),
        ("tabel[een]", "euro per jaar"),
        ("som(inkomen van personen met rol = kind)", "euro per jaar"),
        ("aantal(personen)", "personen"),
        ("jaren_tussen(dag, ronde)", "jaar"),
        ("naar_beneden(huur, 0.01)", "euro per maand"),
        ("als kamer dan huur anders 0", "euro per maand"),
    ],
)
def test_the_unit_of_a_computation_is_known(text: str, unit: str) -> None:
    assert bound(text)[1].unit == UNITS[unit].unit


@pytest.mark.parametrize(
    "text",
    [
        "huur <= grens", "label in (E, F)", "label = E", "E = label", "dag < 2026-07-01",
        "maanden_voor(dag, maanden) < ronde",
        "enige(personen met rol = kind en inkomen > 0)", "kamer = ja", "huur / grens > 0.5",
        "als kamer dan huur <= 3 anders label = F",
    ],
)  # fmt: skip
def test_conditions_are_conditions(text: str) -> None:
    assert bound(text)[1] == TRUTH


def test_names_become_what_they_stand_for() -> None:
    nodes = {type(node) for node in walk(bound("jaarhuur > tabel[soort] en huur > 0")[0])}
    assert {Field, Quantity, Figure} <= nodes


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("hur <= grens", 0, "'hur'"),
        ("huur <= grns", 8, "'grns'"),
        ("huur <= jaarhuur", 0, "eenheden lopen door elkaar: euro per maand <= euro per jaar"),
        ("huur + jaarhuur", 0, "eenheden lopen door elkaar: euro per maand + euro per jaar; reken eerst om"),
        ("huur + vermogen", 0, "eenheden lopen door elkaar: euro per maand + euro"),
        ("per_jaar(jaarhuur)", 9, "hier hoort een getal (euro per maand), maar dit is een getal (euro per jaar)"),
        ("label = H", 8, "'H'"),
        ("label in (E, H)", 0, "'H' is geen waarde van deze keuze; kies uit E, F, G"),
        ("label < E", 0, "een keuze uit E, F, G vergelijk je met = of !="),
        ("kamer < ja", 0, "ja/nee vergelijk je met = of !="),
        ("huur = dag", 0, "dit vergelijkt een getal (euro per maand) met een datum"),
        ("huur en kamer", 0, "hier hoort een voorwaarde (ja/nee); dit is een getal (euro per maand)"),
        ("niet huur", 5, "hier hoort een voorwaarde (ja/nee)"),
        ("label + 1", 0, "rekenen kan alleen met getallen; dit is een keuze uit E, F, G"),
        ("tabel <= jaarhuur", 0, "'tabel' is een tabel; schrijf tabel[sleutel] met een sleutel uit een, meer"),
        ("grens[een]", 0, "'grens' is geen tabel; schrijf alleen grens"),
        ("tabel[derde]", 6, "'derde'"),
        ("niks[een]", 0, "er is geen cijfer 'niks'"),
        ("inkomen > 0", 0, "'inkomen' hoort bij een persoon; gebruik aantal, som of enige over personen"),
        ("leeftijd > 0", 0, "'leeftijd' hoort bij een persoon"),
        ("som(rol van personen)", 0, "som telt getallen op; dit is een keuze"),
        ("enige(personen met enige(personen met rol = kind))", 19, "een lus over personen kan niet in een andere lus"),
        ("wortel(huur)", 0, "onbekende functie 'wortel'; de taal kent"),
        ("per_jaar(huur, huur)", 0, "per_jaar vraagt 1 waarden, niet 2"),
        ("naar_beneden(huur)", 0, "naar_beneden vraagt een bedrag en de stap van het afronden"),
        ("naar_beneden(huur, vermogen)", 0, "de stap van het afronden is een getal (euro)"),
        ("min(huur, jaarhuur)", 10, "in min staat een getal (euro per jaar) naast een getal (euro per maand)"),
        ("min(label, label)", 0, "min werkt op getallen of datums"),
        ("als kamer dan huur anders dag", 0, "na 'dan' staat een getal (euro per maand) en na 'anders' een datum"),
        ("bekend(huur)", 0, "bekend() mag alleen in de voorwaarde van een uitgangspunt"),
        ("op(dag, huur)", 0, "het tweede deel van op() is een cijfer uit de regelset"),
        ("op(huur, grens)", 3, "hier hoort een datum"),
        ("huur in (E)", 0, "'in' werkt op een keuze; dit is een getal"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text: str, at: int, message: str) -> None:
    with pytest.raises(LanguageError) as error:
        bound(text)
    assert message in str(error.value)
    assert error.value.at == at
